/** Codec: `AppendReq` and `BatchAppendReq`. Events are taken apart later, so that a bad one refuses its append alone. */
import { type ExpectedRevision } from '../semantics/append-decision.js';
import { bytesOf, int64, MalformedMessage, present, readFields, uint64 } from './fields.js';
import { readUuid } from './uuid.js';

/** What the client left out is undefined. */
export interface AppendOptions {
  stream: string | undefined;
  expected: ExpectedRevision | undefined;
  /** Milliseconds since 1970; only batch appends have one. */
  deadline: number | undefined;
}

export interface AppendMessage {
  options: AppendOptions | undefined;
  event: Buffer | undefined;
}

export interface BatchAppendChunk {
  readonly correlationId: string;
  /** The id as the client wrote it. */
  readonly correlation: Buffer;
  readonly options: AppendOptions | undefined;
  readonly events: readonly Buffer[];
  readonly isFinal: boolean;
}

export const readStreamIdentifier = (bytes: Uint8Array): string => {
  let stream = '';
  readFields(bytes, { 3: (reader) => (stream = bytesOf(reader).toString()) });
  return stream;
};

export const readAppendMessage = (bytes: Uint8Array): AppendMessage => {
  const message: AppendMessage = { options: undefined, event: undefined };
  readFields(bytes, {
    1: (reader) => (message.options = readOptions(bytesOf(reader), 0)),
    2: (reader) => (message.event = bytesOf(reader)),
  });
  return message;
};

export const readBatchAppendChunk = (bytes: Uint8Array, now: number): BatchAppendChunk => {
  const events: Buffer[] = [];
  const chunk: { correlation?: Buffer; options?: AppendOptions; isFinal: boolean } = { isFinal: false };
  readFields(bytes, {
    1: (reader) => (chunk.correlation = bytesOf(reader)),
    2: (reader) => (chunk.options = readOptions(bytesOf(reader), now)),
    3: (reader) => events.push(bytesOf(reader)),
    4: (reader) => (chunk.isFinal = reader.bool()),
  });
  const { correlation, options, isFinal } = chunk;
  if (correlation === undefined) throw new MalformedMessage('A batch append needs a correlation id.');
  return { correlationId: readUuid(correlation), correlation, options, events, isFinal };
};

/** All requests to write number the fields that they share alike. */
export const readOptions = (bytes: Uint8Array, now: number): AppendOptions => {
  const options: AppendOptions = { stream: undefined, expected: undefined, deadline: undefined };
  readFields(bytes, {
    1: (reader) => (options.stream = readStreamIdentifier(bytesOf(reader)) || undefined),
    2: (reader) => (options.expected = uint64(reader)),
    3: (reader) => present(reader) && (options.expected = 'no_stream'),
    4: (reader) => present(reader) && (options.expected = 'any'),
    5: (reader) => present(reader) && (options.expected = 'stream_exists'),
    6: (reader) => (options.deadline = readMilliseconds(bytesOf(reader))),
    7: (reader) => (options.deadline = now + readMilliseconds(bytesOf(reader))),
  });
  return options;
};

/** A Timestamp or a Duration: both are seconds and nanoseconds. */
const readMilliseconds = (bytes: Uint8Array): number => {
  let milliseconds = 0;
  readFields(bytes, {
    1: (reader) => (milliseconds += Number(int64(reader)) * 1000),
    2: (reader) => (milliseconds += reader.int32() / 1_000_000),
  });
  return milliseconds;
};
