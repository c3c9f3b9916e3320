/** Services: how a request that appends to several streams is refused: by details, where the older services have trailers. */
import { status } from '@grpc/grpc-js';

import { encodeErrorDetails, type ErrorDetails } from '../codec/error-details.js';
import { writeInteger, writeSint, writeString } from '../codec/fields.js';
import { type ExpectedRevision } from '../semantics/append-decision.js';
import { type AppendTooBig, type EventTooBig } from './proposed-append.js';
import { expectedVersion, Refusal } from './refusal.js';

const refusal = (details: ErrorDetails): Refusal =>
  new Refusal(details.code, details.message, { 'grpc-status-details-bin': encodeErrorDetails(details) });

export const revisionConflict = (stream: string, expected: ExpectedRevision, current: number): Refusal => {
  const revision = expectedVersion(expected);
  return refusal({
    code: status.FAILED_PRECONDITION,
    message: `Append failed due to a revision conflict on stream '${stream}'. Expected revision: ${revision}. Actual revision: ${current}.`,
    reason: 'STREAM_REVISION_CONFLICT',
    kind: 'StreamRevisionConflictErrorDetails',
    write: (writer) => {
      writeString(writer, 1, stream);
      writeSint(writer, 2, Number(revision));
      writeSint(writer, 3, current);
    },
  });
};

export const streamTombstoned = (stream: string): Refusal =>
  refusal({
    code: status.FAILED_PRECONDITION,
    message: `Stream '${stream}' was deleted, and takes nothing any more.`,
    reason: 'STREAM_TOMBSTONED',
    kind: 'StreamTombstonedErrorDetails',
    write: (writer) => writeString(writer, 1, stream),
  });

export const streamTwice = (stream: string): Refusal =>
  refusal({
    code: status.ABORTED,
    message: `Stream '${stream}' is in this session twice.`,
    reason: 'STREAM_ALREADY_IN_APPEND_SESSION',
    kind: 'StreamAlreadyInAppendSessionErrorDetails',
    write: (writer) => writeString(writer, 1, stream),
  });

export const noRequests = (): Refusal =>
  refusal({
    code: status.FAILED_PRECONDITION,
    message: 'The session ended without an append.',
    reason: 'APPEND_SESSION_NO_REQUESTS',
  });

export const recordTooBig = (stream: string, { eventId, bytes, limit, message }: EventTooBig): Refusal =>
  refusal({
    code: status.INVALID_ARGUMENT,
    message,
    reason: 'APPEND_RECORD_SIZE_EXCEEDED',
    kind: 'AppendRecordSizeExceededErrorDetails',
    write: (writer) => {
      writeString(writer, 1, stream);
      writeString(writer, 2, eventId);
      writeInteger(writer, 3, bytes);
      writeInteger(writer, 4, limit);
    },
  });

export const sessionTooBig = ({ limit, message }: AppendTooBig, bytes: number): Refusal =>
  refusal({
    code: status.ABORTED,
    message,
    reason: 'APPEND_TRANSACTION_SIZE_EXCEEDED',
    kind: 'AppendTransactionSizeExceededErrorDetails',
    write: (writer) => {
      writeInteger(writer, 1, bytes);
      writeInteger(writer, 2, limit);
    },
  });

export const sessionTimedOut = (): Refusal =>
  new Refusal(status.DEADLINE_EXCEEDED, 'The session waited too long and was not tried.');
