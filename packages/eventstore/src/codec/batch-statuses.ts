/** Codec: the refusals of a batch append, each a `google.rpc.Status` with one detail that names its kind. */
import { status } from '@grpc/grpc-js';

import { type ExpectedRevision } from '../semantics/append-decision.js';
import { NO_EVENTS } from '../storage/storage.js';
import { writeAny } from './error-details.js';
import { type FieldWriter, writeBytes, writeEmpty, writeInteger, writeMessage, writeString } from './fields.js';

export type BatchStatus = (writer: FieldWriter) => void;

const batchStatus =
  (code: status, kind: string, writeDetail: (writer: FieldWriter) => void = () => undefined): BatchStatus =>
  (writer) => {
    writeInteger(writer, 1, code);
    writeString(writer, 2, kind);
    writeAny(writer, `event_store.client.${kind}`, writeDetail);
  };

export const wrongExpectedVersion = (expected: ExpectedRevision, current: number): BatchStatus =>
  batchStatus(status.ALREADY_EXISTS, 'WrongExpectedVersion', (writer) => {
    if (current === NO_EVENTS) writeEmpty(writer, 2);
    else writeInteger(writer, 1, current);
    if (typeof expected === 'bigint') writeInteger(writer, 3, expected);
    else writeEmpty(writer, { any: 4, stream_exists: 5, no_stream: 6 }[expected]);
  });

export const streamDeleted = (stream: string): BatchStatus =>
  batchStatus(status.NOT_FOUND, 'StreamDeleted', (writer) =>
    writeMessage(writer, 1, (identifier) => writeBytes(identifier, 3, Buffer.from(stream))),
  );

export const maximumAppendSizeExceeded = (limit: number): BatchStatus =>
  batchStatus(status.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', (writer) => writeInteger(writer, 1, limit));

/** Which event, how big it is, and the most that is taken. */
export interface TooBig {
  readonly eventId: string;
  readonly bytes: number;
  readonly limit: number;
}

export const maximumAppendEventSizeExceeded = ({ eventId, bytes, limit }: TooBig): BatchStatus =>
  batchStatus(status.INVALID_ARGUMENT, 'MaximumAppendEventSizeExceeded', (writer) => {
    writeString(writer, 1, eventId);
    writeInteger(writer, 2, bytes);
    writeInteger(writer, 3, limit);
  });

export const timeout = (): BatchStatus => batchStatus(status.DEADLINE_EXCEEDED, 'Timeout');

export const badRequest = (message: string): BatchStatus =>
  batchStatus(status.INVALID_ARGUMENT, 'BadRequest', (writer) => writeString(writer, 1, message));

/** A kind that clients do not know: they show its name. */
export const diskFull = (): BatchStatus => batchStatus(status.RESOURCE_EXHAUSTED, 'DiskFull');

/** What the append needed to know could not be read. */
export const dataLoss = (): BatchStatus => batchStatus(status.DATA_LOSS, 'Unknown');
