/** Codec: `ReadReq`, which asks for a read or for a subscription, of a stream or of the whole log. */
import { type From } from '../semantics/read-span.js';
import { readStreamIdentifier } from './append-requests.js';
import { bytesOf, MalformedMessage, present, readFields, uint64 } from './fields.js';
import { type ReadFilter, readFilter } from './read-filter.js';

interface Target {
  /** Undefined is the whole log. */
  stream: string | undefined;
  from: From;
}

interface Options {
  target?: Target;
  limit?: bigint;
  isSubscription: boolean;
  backward: boolean;
  structuredIds: boolean;
  resolveLinks: boolean;
  compatibility: number;
  filter?: ReadFilter;
}

export interface ReadRequest extends Readonly<Target> {
  /** Undefined for a subscription. */
  readonly limit: bigint | undefined;
  readonly backward: boolean;
  readonly structuredIds: boolean;
  readonly resolveLinks: boolean;
  /** Clients of level 1 are also told where a stream begins and ends. */
  readonly compatibility: number;
  readonly filter: ReadFilter | undefined;
}

/** The server notices it too late to say that the request was wrong. */
export class NoInterval extends Error {
  override readonly name = 'NoInterval';
}

/** @throws MalformedMessage, also for combinations that make no sense; NoInterval */
export const readReadRequest = (bytes: Uint8Array): ReadRequest => {
  const options: Options = {
    isSubscription: false,
    backward: false,
    structuredIds: false,
    resolveLinks: false,
    compatibility: 0,
  };
  readFields(bytes, { 1: (reader) => readOptions(bytesOf(reader), options) });
  const { target, limit, isSubscription, filter, backward, structuredIds, resolveLinks, compatibility } = options;
  if (target === undefined) throw new MalformedMessage('A read names a stream or the whole log.');
  if (target.stream === '') throw new MalformedMessage('A stream has a name.');
  if (isSubscription === (limit !== undefined))
    throw new MalformedMessage('A read has a count; a subscription has none.');
  if (isSubscription && backward) throw new MalformedMessage('A subscription goes forward.');
  if (filter !== undefined && target.stream !== undefined) {
    throw new MalformedMessage('Only the whole log can be filtered.');
  }
  if (isSubscription && filter?.checkpointInterval === 0) {
    throw new NoInterval('The checkpoint interval must be greater than 0.');
  }
  return { ...target, limit, backward, structuredIds, resolveLinks, compatibility, filter };
};

const readOptions = (bytes: Uint8Array, options: Options): void =>
  readFields(bytes, {
    1: (reader) => (options.target = readStreamTarget(bytesOf(reader))),
    2: (reader) => (options.target = { stream: undefined, from: readAllFrom(bytesOf(reader)) }),
    3: (reader) => (options.backward = reader.uint32() === 1),
    4: (reader) => (options.resolveLinks = reader.bool()),
    5: (reader) => (options.limit = uint64(reader)),
    6: (reader) => (options.isSubscription = present(reader)),
    7: (reader) => (options.filter = readFilter(bytesOf(reader))),
    9: (reader) => readFields(bytesOf(reader), { 1: (form) => (options.structuredIds = present(form)) }),
    10: (reader) => readFields(bytesOf(reader), { 1: (level) => (options.compatibility = level.uint32()) }),
  });

const readStreamTarget = (bytes: Uint8Array): Target => {
  const target: Target = { stream: '', from: 'start' };
  readFields(bytes, {
    1: (reader) => (target.stream = readStreamIdentifier(bytesOf(reader))),
    2: (reader) => (target.from = uint64(reader)),
    4: (reader) => present(reader) && (target.from = 'end'),
  });
  return target;
};

const readAllFrom = (bytes: Uint8Array): From => {
  let from: From = 'start';
  readFields(bytes, {
    1: (reader) => readFields(bytesOf(reader), { 1: (commit) => (from = uint64(commit)) }),
    3: (reader) => present(reader) && (from = 'end'),
  });
  return from;
};
