/** Services: `Streams/Read`, which is both reads and catch-up subscriptions. */
import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';
import { v4 as randomId } from 'uuid';

import { type ReadRequest, readReadRequest } from '../codec/read-requests.js';
import { encodeStreamNotFound } from '../codec/read-responses.js';
import { withStructuredId } from '../codec/record-fields.js';
import { type EventStore } from '../event-store.js';
import { type EventFilter, eventFilter, everyEvent } from '../semantics/event-filter.js';
import { spanOfLog, spanOfStream, subscribedAfterPosition, subscribedAfterRevision } from '../semantics/read-span.js';
import { NO_EVENTS } from '../storage/storage.js';
import { CheckpointCadence } from '../subscriptions/checkpoint-cadence.js';
import { type Followed, followedLog, followedStream } from '../subscriptions/followed.js';
import { read } from '../subscriptions/reading.js';
import { type Sink } from '../subscriptions/sink.js';
import { Subscription } from '../subscriptions/subscription.js';
import { CallSink } from './call-sink.js';
import { refusalOf } from './refusal.js';

type ReadCall = ServerWritableStream<Buffer, Buffer>;

export const readService =
  (store: EventStore) =>
  async (call: ReadCall): Promise<void> => {
    call.sendMetadata(new Metadata());
    try {
      const request = readReadRequest(call.request);
      const sink = new CallSink(call, request.structuredIds ? withStructuredId : undefined);
      if (request.limit === undefined) await subscribe(store, request, sink);
      else await answerRead(store, request, request.limit, sink);
      call.end();
    } catch (error) {
      call.emit('error', refusalOf(error));
    }
  };

const answerRead = async (store: EventStore, request: ReadRequest, most: bigint, sink: Sink): Promise<void> => {
  const { storage } = store;
  const { stream, from, backward } = request;
  const limit = Math.min(Number(most), Number.MAX_SAFE_INTEGER);
  const followed = followedBy(store, stream);
  const filter = filterOf(request);
  if (stream === undefined) {
    await read(followed, { span: spanOfLog(storage.head, from, backward), filter, limit }, sink);
    return;
  }
  const lastRevision = storage.lastRevision(stream);
  if (lastRevision === NO_EVENTS) sink.send(encodeStreamNotFound(stream));
  else await read(followed, { span: spanOfStream(lastRevision, from, backward), filter, limit }, sink);
};

const subscribe = async (store: EventStore, request: ReadRequest, sink: Sink): Promise<void> => {
  const { storage, now } = store;
  const { stream, from, filter } = request;
  const subscription = new Subscription(followedBy(store, stream), sink, {
    id: randomId(),
    cursor:
      stream === undefined
        ? subscribedAfterPosition(storage.head, from)
        : subscribedAfterRevision(storage.lastRevision(stream), from),
    filter: filterOf(request),
    cadence: filter && new CheckpointCadence(filter.checkpointInterval),
    now,
  });
  await subscription.run();
};

const followedBy = ({ storage, feed }: EventStore, stream: string | undefined): Followed =>
  stream === undefined ? followedLog(storage, feed) : followedStream(storage, feed, stream);

const filterOf = ({ filter }: ReadRequest): EventFilter => (filter === undefined ? everyEvent : eventFilter(filter));
