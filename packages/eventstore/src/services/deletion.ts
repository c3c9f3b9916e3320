/** Services: `Streams/Delete`, after which a stream may come back, and `Streams/Tombstone`, after which it never does. */
import { type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';

import { encodeDeletion, readDeletionRequest } from '../codec/deletion.js';
import { type EventStore } from '../event-store.js';
import { type Deletion } from '../semantics/deletion.js';
import { StreamDeleted } from '../semantics/streams.js';
import { expectWritable, WRITE_TIMEOUT_MS } from './proposed-append.js';
import { refusalOf, wrongExpectedVersion, writeTimedOut } from './refusal.js';

export const deletionService =
  (store: EventStore, how: 'softly' | 'for_ever') =>
  ({ request }: ServerUnaryCall<Buffer, Buffer>, answer: sendUnaryData<Buffer>): void => {
    carryOut(store, request, how === 'for_ever')
      .then((response) => answer(null, response))
      .catch((error: unknown) => answer(refusalOf(error)));
  };

const carryOut = async (store: EventStore, request: Buffer, forEver: boolean): Promise<Buffer> => {
  const deletion: Deletion = { ...expectWritable(readDeletionRequest(request)), forEver };
  const outcome = await store.delete(deletion, store.now() + WRITE_TIMEOUT_MS);
  switch (outcome.kind) {
    case 'deleted':
      return encodeDeletion(outcome.position);
    case 'wrong_revision':
      throw wrongExpectedVersion(deletion.stream, deletion.expected, outcome.current);
    case 'stream_deleted':
      throw new StreamDeleted(deletion.stream);
    case 'timed_out':
      throw writeTimedOut();
  }
};
