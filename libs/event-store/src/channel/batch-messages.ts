import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import statusMessages from '@eventstore/db-client/generated/status_pb.js';
import { status } from '@grpc/grpc-js';

import { type ExpectedRevision, type ProposedEvent } from '#kernel';

import {
  commitPosition,
  eachField,
  eachFieldOfMessage,
  type FieldReader,
  type FieldWriter,
  readerOf,
  revision,
  textIn,
  writerOf,
} from '../fields.js';
import { packageError } from './package-errors.js';
import { ProtocolSurprise } from './surprise.js';

/** What one attempt sends: the same in each. */
export interface Append {
  readonly stream: string;
  readonly events: readonly ProposedEvent[];
  readonly expected: ExpectedRevision;
}

/** Where the log has put it. It may say no position for a repetition whose events are hidden by now. */
export interface AppendedAt {
  readonly revision: number;
  readonly position: bigint | undefined;
}

export interface BatchAnswer {
  readonly correlation: number;
  readonly outcome: AppendedAt | Error;
}

/** The package says so, too; servers give up earlier by themselves. */
const DEADLINE_SECONDS = 10;
const CONTENT_TYPE = 'application/json';
/** As UUIDs, correlation ids have two halves; the first tells those of different processes apart, the second counts. */
const HALF = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);

/** `BatchAppendReq`, as the protocol's `streams.proto` numbers its fields. */
export const encodeBatchRequest = ({ stream, events, expected }: Append, correlation: number): Uint8Array => {
  const writer = writerOf();
  writer.uint32(tag(1)).fork().uint32(tag(1)).fork();
  writer.uint32(varintTag(1)).int64(HALF).uint32(varintTag(2)).int64(correlation).ldelim().ldelim();
  writer.uint32(tag(2)).fork();
  writer.uint32(tag(1)).fork().uint32(tag(3)).string(stream).ldelim();
  if (typeof expected === 'number') writer.uint32(varintTag(2)).uint64(expected);
  else writer.uint32(tag(expected === 'no_stream' ? 3 : 4)).uint32(0);
  writer.uint32(tag(7)).fork().uint32(varintTag(1)).int64(DEADLINE_SECONDS).ldelim().ldelim();
  for (const event of events) writeProposedMessage(writer, event);
  return writer.uint32(varintTag(4)).bool(true).finish();
};

const writeProposedMessage = (writer: FieldWriter, { id, type, data, metadata, text }: ProposedEvent): void => {
  writer.uint32(tag(3)).fork();
  writer.uint32(tag(1)).fork().uint32(tag(2)).string(id).ldelim();
  writer.uint32(tag(2)).fork().uint32(tag(1)).string('type').uint32(tag(2)).string(type).ldelim();
  writer.uint32(tag(2)).fork().uint32(tag(1)).string('content-type').uint32(tag(2)).string(CONTENT_TYPE).ldelim();
  writer.uint32(tag(3)).string(text?.metadata ?? JSON.stringify(metadata));
  writer
    .uint32(tag(4))
    .string(text?.data ?? JSON.stringify(data))
    .ldelim();
};

const tag = (field: number): number => (field << 3) | 2;
const varintTag = (field: number): number => field << 3;

/** @throws ProtocolSurprise */
export const decodeBatchAnswer = (bytes: Buffer): BatchAnswer => {
  try {
    const { correlation, outcome, stream } = readBatchAnswer(bytes);
    if (correlation === undefined || outcome === undefined) throw new Error('Something is missing.');
    return { correlation, outcome: outcome instanceof Uint8Array ? refusalOf(outcome, stream) : outcome };
  } catch (error) {
    throw new ProtocolSurprise('what is no answer to it', { cause: error });
  }
};

interface ReadAnswer {
  correlation?: number;
  /** A refusal is decoded apart. */
  outcome?: AppendedAt | Uint8Array;
  stream: string;
}

const readBatchAnswer = (bytes: Buffer): ReadAnswer => {
  const answer: ReadAnswer = { stream: '' };
  const reader = readerOf(bytes);
  eachField(reader, reader.len, (field) => {
    if (field === 1) answer.correlation = decodeCorrelation(reader);
    else if (field === 2) answer.outcome = reader.bytes();
    else if (field === 3) answer.outcome = decodeSuccess(reader);
    else if (field === 4) answer.stream = textIn(reader, 3);
    else return false;
    return true;
  });
  return answer;
};

const decodeCorrelation = (reader: FieldReader): number => {
  let correlation = -1;
  eachFieldOfMessage(reader, (form) => {
    if (form === 1) {
      eachFieldOfMessage(reader, (half) => {
        if (half === 2) correlation = revision(reader);
        return half === 2;
      });
    } else if (form === 2) {
      // A server may answer by its text what it was asked by halves.
      correlation = Number.parseInt(reader.string().slice(-17).replace('-', ''), 16);
    }
    return form === 1 || form === 2;
  });
  return correlation;
};

const decodeSuccess = (reader: FieldReader): AppendedAt => {
  const appended: { revision: number; position: bigint | undefined } = { revision: 0, position: undefined };
  eachFieldOfMessage(reader, (field) => {
    if (field === 1) appended.revision = revision(reader);
    else if (field === 3) appended.position = commitPosition(reader);
    return field === 1 || field === 3;
  });
  return appended;
};

/** The package's own errors, from a `google.rpc.Status`: refusals are rare, and what they mean is known elsewhere. */
const refusalOf = (encoded: Uint8Array, stream: string): Error => {
  const refusal = statusMessages.Status.deserializeBinary(encoded);
  return refusal.hasDetails()
    ? unpackToCommandError(refusal, stream)
    : packageError(status.UNKNOWN, refusal.getMessage());
};
