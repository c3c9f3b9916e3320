import { type LogFilter, prefixesOf } from '#kernel';

import { type FieldWriter, writePosition, writerOf } from '../fields.js';
import { CONSIDERED_PER_CHECKPOINT } from '../log-filters.js';
import { NotByChannel } from './surprise.js';

/** What one call reads: a stream or a part of it, the newest events of the whole log, or what it wants of the log from a position on, for ever. */
export type ReadRequest = ReadOfStream | ReadOfNewest | Subscription;

interface ReadOfStream {
  readonly kind: 'stream';
  readonly stream: string;
  readonly direction: 'forward' | 'backward';
  /** Itself included; else from the start, or backward from the end. */
  readonly from: number | undefined;
  readonly limit: number | undefined;
}

interface ReadOfNewest {
  readonly kind: 'newest';
  readonly count: number;
}

interface Subscription {
  readonly kind: 'subscription';
  /** From the start of the log, where it is that. */
  readonly after: bigint;
  readonly filter: LogFilter;
}

export const START_OF_LOG = 0n;

const FORWARD = 0;
const BACKWARD = 1;

/** `ReadReq`, as the protocol's `streams.proto` numbers its fields. Links are not followed. @throws NotByChannel */
export const encodeReadRequest = (request: ReadRequest): Uint8Array => {
  const writer = writerOf();
  writer.uint32(tag(1)).fork();
  switch (request.kind) {
    case 'stream':
      writeStream(writer, request);
      break;
    case 'newest':
      empty(writer.uint32(tag(2)).fork(), 3).ldelim();
      writeCount(writer, BACKWARD, request.count);
      break;
    case 'subscription':
      writeSubscription(writer, request);
      break;
  }
  // Ids as text.
  empty(writer.uint32(tag(9)).fork(), 2).ldelim();
  return writer.ldelim().finish();
};

const writeStream = (writer: FieldWriter, { stream, direction, from, limit }: ReadOfStream): void => {
  const isForward = direction === 'forward';
  writer.uint32(tag(1)).fork();
  writer.uint32(tag(1)).fork().uint32(tag(3)).string(stream).ldelim();
  if (from === undefined) empty(writer, isForward ? 3 : 4);
  else writer.uint32(varintTag(2)).uint64(counted(from));
  writer.ldelim();
  writeCount(writer, isForward ? FORWARD : BACKWARD, limit ?? Number.MAX_SAFE_INTEGER);
};

const writeCount = (writer: FieldWriter, direction: number, count: number): void => {
  writer.uint32(varintTag(3)).int32(direction).uint32(varintTag(5)).uint64(counted(count));
  // Everything that there is.
  empty(writer, 8);
};

const writeSubscription = (writer: FieldWriter, { after, filter }: Subscription): void => {
  writer.uint32(tag(2)).fork();
  if (after === START_OF_LOG) empty(writer, 2);
  else {
    writer.uint32(tag(1)).fork();
    for (const field of [1, 2]) writePosition(writer.uint32(varintTag(field)), after);
    writer.ldelim();
  }
  writer.ldelim();
  empty(writer, 6);
  writer.uint32(tag(7)).fork();
  writer.uint32(tag('streamPrefixes' in filter ? 1 : 2)).fork();
  for (const prefix of prefixesOf(filter)) writer.uint32(tag(2)).string(prefix);
  writer.ldelim();
  writer.uint32(varintTag(3)).uint32(CONSIDERED_PER_CHECKPOINT).uint32(varintTag(5)).uint32(1).ldelim();
};

const tag = (field: number): number => (field << 3) | 2;
const varintTag = (field: number): number => field << 3;
const empty = (writer: FieldWriter, field: number): FieldWriter => writer.uint32(tag(field)).uint32(0);

/** What is wrong with others the package knows how to say. */
const counted = (value: number): number => {
  if (!Number.isSafeInteger(value) || value < 0) throw new NotByChannel(`${value} counts nothing.`);
  return value;
};
