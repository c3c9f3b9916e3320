/** Services: one catch-up subscription, from its request until it ends. */
import { v4 as randomId } from 'uuid';

import { type ReadRequest } from '../codec/read-requests.js';
import { type EventStore } from '../event-store.js';
import { eventFilter, everyEvent, shownInLog } from '../semantics/event-filter.js';
import { resolvingLinks } from '../semantics/links.js';
import { subscribedAfterPosition, subscribedAfterRevision } from '../semantics/read-span.js';
import { CheckpointCadence } from '../subscriptions/checkpoint-cadence.js';
import { followedLog, followedStream } from '../subscriptions/followed.js';
import { asStored } from '../subscriptions/reading.js';
import { type Sink } from '../subscriptions/sink.js';
import { Subscription } from '../subscriptions/subscription.js';

/** @throws StreamDeleted | InvalidPattern */
export const subscribe = async (store: EventStore, request: ReadRequest, sink: Sink): Promise<void> => {
  const { storage, streams, now } = store;
  const { stream, from, filter } = request;
  const common = { id: randomId(), answer: request.resolveLinks ? resolvingLinks(streams) : asStored, now };
  const subscription =
    stream === undefined
      ? new Subscription(followedLog(store), sink, {
          ...common,
          cursor: subscribedAfterPosition(storage.head, from),
          filter: filter === undefined ? shownInLog : eventFilter(filter),
          cadence: filter && new CheckpointCadence(filter.checkpointInterval),
        })
      : new Subscription(followedStream(store, stream), sink, {
          ...common,
          cursor: subscribedAfterRevision(storage.lastRevision(stream), from),
          filter: everyEvent,
          cadence: undefined,
        });
  await subscription.run();
};
