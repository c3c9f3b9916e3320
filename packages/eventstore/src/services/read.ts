/** Services: `Streams/Read`, which is both reads and catch-up subscriptions. */
import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';

import { type ReadRequest, readReadRequest } from '../codec/read-requests.js';
import { withStructuredId } from '../codec/structured-ids.js';
import { type EventStore } from '../event-store.js';
import { DamagedRecord } from '../storage/sealed-record.js';
import { answerRead } from './answered-read.js';
import { CallSink } from './call-sink.js';
import { refusalOf } from './refusal.js';
import { subscribe } from './subscribed.js';

type ReadCall = ServerWritableStream<Buffer, Buffer>;

export const readService =
  (store: EventStore) =>
  async (call: ReadCall): Promise<void> => {
    call.sendMetadata(new Metadata());
    let sink: CallSink | undefined;
    try {
      const request = readReadRequest(call.request);
      sink = new CallSink(call, request.structuredIds ? withStructuredId : undefined);
      await serve(store, request, sink);
      call.end();
    } catch (error) {
      if (error instanceof DamagedRecord) store.onDamage(error);
      // What was sent before must not be overtaken by the status.
      await sink?.drained();
      call.emit('error', refusalOf(error));
    }
  };

const serve = async (store: EventStore, request: ReadRequest, sink: CallSink): Promise<void> => {
  const { activity } = store;
  if (request.limit !== undefined) {
    activity.reads++;
    return answerRead(store, request, request.limit, sink);
  }
  activity.subscriptions++;
  try {
    await subscribe(store, request, sink);
  } finally {
    activity.subscriptions--;
  }
};
