/** Codec: `AppendResp` and `BatchAppendResp`. */
import { type ExpectedRevision } from '../semantics/append-decision.js';
import { type AppendOutcome } from '../semantics/append.js';
import { NO_EVENTS } from '../storage/storage.js';
import { type BatchStatus } from './batch-statuses.js';
import { encode, type FieldWriter, writeBytes, writeEmpty, writeInteger, writeMessage } from './fields.js';

export type Success = Extract<AppendOutcome, { kind: 'appended' | 'nothing_to_write' }>;

const NOWHERE = { position: undefined };

/** Both responses number these fields alike. */
const writeSuccess = (writer: FieldWriter, outcome: Success): void => {
  const revision = outcome.kind === 'appended' ? outcome.revision : outcome.current;
  if (revision === NO_EVENTS) writeEmpty(writer, 2);
  else writeInteger(writer, 1, revision);
  const { position } = outcome.kind === 'appended' ? outcome : NOWHERE;
  if (position === undefined) writeEmpty(writer, 4);
  else writeMessage(writer, 3, (at) => writePosition(at, position));
};

/** Commit and prepare position, which are one here. */
export const writePosition = (writer: FieldWriter, position: number): void => {
  writeInteger(writer, 1, position);
  writeInteger(writer, 2, position);
};

export const encodeAppendSuccess = (outcome: Success): Buffer =>
  encode((writer) => writeMessage(writer, 1, (success) => writeSuccess(success, outcome)));

export const encodeWrongExpectedVersion = (expected: ExpectedRevision, current: number): Buffer =>
  encode((writer) =>
    writeMessage(writer, 2, (wrong) => {
      if (current === NO_EVENTS) writeEmpty(wrong, 7);
      else writeInteger(wrong, 6, current);
      if (typeof expected === 'bigint') writeInteger(wrong, 8, expected);
      else writeEmpty(wrong, { any: 9, stream_exists: 10, no_stream: 11 }[expected]);
    }),
  );

/** What a batch append's answer repeats of its request. */
export interface BatchAppendHeader {
  /** In the form in which the client wrote it. */
  readonly correlation: Uint8Array;
  readonly stream: string;
  readonly expected: ExpectedRevision | undefined;
}

export const encodeBatchSuccess = (header: BatchAppendHeader, outcome: Success): Buffer =>
  encodeBatchAnswer(header, (writer) => writeMessage(writer, 3, (success) => writeSuccess(success, outcome)));

export const encodeBatchRefusal = (header: BatchAppendHeader, writeStatus: BatchStatus): Buffer =>
  encodeBatchAnswer(header, (writer) => writeMessage(writer, 2, writeStatus));

const encodeBatchAnswer = (header: BatchAppendHeader, writeResult: (writer: FieldWriter) => void): Buffer =>
  encode((writer) => {
    const { correlation, stream, expected } = header;
    writeBytes(writer, 1, correlation);
    writeResult(writer);
    writeMessage(writer, 4, (identifier) => writeBytes(identifier, 3, Buffer.from(stream)));
    if (typeof expected === 'bigint') writeInteger(writer, 5, expected);
    else if (expected !== undefined) writeEmpty(writer, { no_stream: 6, any: 7, stream_exists: 8 }[expected]);
  });
