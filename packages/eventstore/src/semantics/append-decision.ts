/** Semantics: whether an append is written, was written before, or is refused. Pure: the server's own table, row by row. */

/** The revision that a stream must be at; a bigint because the wire allows any 64-bit number, to be refused politely. */
export type ExpectedRevision = bigint | 'no_stream' | 'any' | 'stream_exists';

export interface EventPlace {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
}

export interface StoredId {
  readonly id: string;
  readonly position: number;
}

/** What a decision may ask about the stream. Questions that most decisions do not ask are functions. */
export interface StreamFacts {
  readonly stream: string;
  /** Revision of its last event; −1 if it has none. A soft-deleted stream keeps it. */
  readonly current: number;
  readonly tombstoned: boolean;
  readonly softDeleted: boolean;
  readonly hasMetadata: () => boolean;
  /** The stored events after a revision, in order: strong, because the index answers. */
  readonly storedAfter: (revision: number) => Iterable<StoredId>;
  /** Where an id was recently written, in whatever stream: weak, because only memory answers. */
  readonly recent: (id: string) => EventPlace | undefined;
}

export type AppendDecision =
  | { readonly kind: 'write' }
  | { readonly kind: 'written_before'; readonly revision: number; readonly position: number }
  | { readonly kind: 'nothing_to_write' }
  | { readonly kind: 'wrong_revision' }
  | { readonly kind: 'stream_deleted' };

const NO_EVENTS = -1;
const WRITE: AppendDecision = { kind: 'write' };
const NOTHING_TO_WRITE: AppendDecision = { kind: 'nothing_to_write' };
const WRONG_REVISION: AppendDecision = { kind: 'wrong_revision' };
const STREAM_DELETED: AppendDecision = { kind: 'stream_deleted' };

export const decideAppend = (
  expected: ExpectedRevision,
  ids: readonly string[],
  facts: StreamFacts,
): AppendDecision => {
  if (facts.tombstoned && ids.length > 0) return STREAM_DELETED;
  switch (expected) {
    case 'any':
      return decideByRecentIds(ids, facts);
    case 'stream_exists':
      if (facts.softDeleted) return STREAM_DELETED;
      if (facts.current === NO_EVENTS && !facts.hasMetadata()) return WRONG_REVISION;
      return decideByRecentIds(ids, facts);
    case 'no_stream':
      return decideByRevision(NO_EVENTS, ids, facts);
    default:
      return decideByRevision(Number(expected), ids, facts);
  }
};

/** Weak: the first id decides whether this is taken for a repetition at all. */
const decideByRecentIds = (ids: readonly string[], facts: StreamFacts): AppendDecision => {
  let last: EventPlace | undefined;
  for (const id of ids) {
    const place = facts.recent(id);
    if (place?.stream !== facts.stream) return last === undefined ? WRITE : WRONG_REVISION;
    last = place;
  }
  if (last === undefined) return NOTHING_TO_WRITE;
  return { kind: 'written_before', revision: last.revision, position: last.position };
};

/** Strong: an append whose ids stand right after the expected revision is a repetition, however old. */
const decideByRevision = (expected: number, ids: readonly string[], facts: StreamFacts): AppendDecision => {
  if (expected === facts.current) return ids.length === 0 ? NOTHING_TO_WRITE : WRITE;
  if (expected > facts.current) return WRONG_REVISION;
  const recreates = expected === NO_EVENTS && facts.softDeleted;
  if (ids.length === 0) return recreates ? NOTHING_TO_WRITE : WRONG_REVISION;
  let matching = 0;
  for (const stored of facts.storedAfter(expected)) {
    if (stored.id !== ids[matching]) break;
    matching++;
    if (matching === ids.length) {
      return { kind: 'written_before', revision: expected + matching, position: stored.position };
    }
  }
  return matching === 0 && recreates ? WRITE : WRONG_REVISION;
};
