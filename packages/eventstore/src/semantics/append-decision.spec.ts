import { describe, expect, it } from '@jest/globals';

import {
  type AppendDecision,
  decideAppend,
  type EventPlace,
  type ExpectedRevision,
  type StreamFacts,
} from './append-decision.js';

interface Given {
  /** Ids of the stream's events, in order. */
  readonly stored?: string;
  /** Ids in memory: those of this stream as letters, those of another one. */
  readonly recent?: string;
  readonly recentElsewhere?: string;
  readonly soft?: boolean;
  readonly tombstoned?: boolean;
  readonly metadata?: boolean;
}

type Case = [id: string, given: Given, expected: ExpectedRevision, ids: string, decision: AppendDecision];

const WRITE: AppendDecision = { kind: 'write' };
const NOTHING: AppendDecision = { kind: 'nothing_to_write' };
const WRONG: AppendDecision = { kind: 'wrong_revision' };
const DELETED: AppendDecision = { kind: 'stream_deleted' };
/** Positions in these cases are a hundred times the revision. */
const before = (revision: number): AppendDecision => ({
  kind: 'written_before',
  revision,
  position: revision * 100,
});

/** Each row of the table in §2.5 of the protocol notes. */
const CASES: readonly Case[] = [
  ['tombstoned/any', { tombstoned: true }, 'any', 'a', DELETED],
  ['tombstoned/exact', { tombstoned: true }, 3n, 'a', DELETED],
  ['tombstoned/no-events', { tombstoned: true }, 'any', '', NOTHING],

  ['never-seen/any', {}, 'any', 'a', WRITE],
  ['never-seen/no-stream', {}, 'no_stream', 'a', WRITE],
  ['never-seen/exact', {}, 0n, 'a', WRONG],
  ['never-seen/exists', {}, 'stream_exists', 'a', WRONG],

  ['exists/soft-deleted', { stored: 'a', soft: true }, 'stream_exists', 'b', DELETED],
  ['exists/metadata-only', { metadata: true }, 'stream_exists', 'a', WRITE],
  ['exists/known', { stored: 'a', recent: 'a' }, 'stream_exists', 'a', before(0)],
  ['exists/unknown', { stored: 'a' }, 'stream_exists', 'b', WRITE],

  ['any/first-unknown', { stored: 'ab', recent: 'b' }, 'any', 'cb', WRITE],
  ['any/all-known', { stored: 'abc', recent: 'abc' }, 'any', 'ab', before(1)],
  ['any/known-out-of-order', { stored: 'abc', recent: 'abc' }, 'any', 'ca', before(0)],
  ['any/later-unknown', { stored: 'ab', recent: 'ab' }, 'any', 'bc', WRONG],
  ['any/forgotten', { stored: 'ab' }, 'any', 'ab', WRITE],
  ['any/known-elsewhere', { stored: 'a', recentElsewhere: 'b' }, 'any', 'b', WRITE],
  ['any/later-known-elsewhere', { stored: 'a', recent: 'a', recentElsewhere: 'b' }, 'any', 'ab', WRONG],
  ['any/soft-deleted', { stored: 'a', soft: true }, 'any', 'b', WRITE],

  ['exact/at-current', { stored: 'ab' }, 1n, 'c', WRITE],
  ['exact/at-current-ids-unchecked', { stored: 'ab', recent: 'ab' }, 1n, 'a', WRITE],
  ['exact/ahead', { stored: 'ab' }, 2n, 'c', WRONG],
  ['exact/far-ahead', { stored: 'ab' }, 2n ** 64n - 1n, 'c', WRONG],
  ['exact/behind-all-match', { stored: 'abcd' }, 0n, 'bc', before(2)],
  ['exact/behind-first-differs', { stored: 'abcd' }, 0n, 'xc', WRONG],
  ['exact/behind-later-differs', { stored: 'abcd' }, 0n, 'bx', WRONG],
  ['exact/behind-past-the-end', { stored: 'abc' }, 0n, 'bcd', WRONG],
  ['exact/behind-soft-deleted', { stored: 'ab', soft: true }, 0n, 'x', WRONG],

  ['no-stream/all-match', { stored: 'abc' }, 'no_stream', 'ab', before(1)],
  ['no-stream/first-differs', { stored: 'abc' }, 'no_stream', 'x', WRONG],
  ['no-stream/soft-deleted-first-differs', { stored: 'abc', soft: true }, 'no_stream', 'x', WRITE],
  ['no-stream/soft-deleted-later-differs', { stored: 'abc', soft: true }, 'no_stream', 'ax', WRONG],

  ['no-events/any', { stored: 'a' }, 'any', '', NOTHING],
  ['no-events/exists', { stored: 'a' }, 'stream_exists', '', NOTHING],
  ['no-events/exact-at-current', { stored: 'a' }, 0n, '', NOTHING],
  ['no-events/exact-behind', { stored: 'ab' }, 0n, '', WRONG],
  ['no-events/no-stream', {}, 'no_stream', '', NOTHING],
  ['no-events/no-stream-soft-deleted', { stored: 'a', soft: true }, 'no_stream', '', NOTHING],
];

const factsOf = (given: Given): StreamFacts => {
  const stored = [...(given.stored ?? '')];
  const recent = new Map<string, EventPlace>();
  for (const id of given.recentElsewhere ?? '') recent.set(id, { stream: 'other', revision: 0, position: 0 });
  for (const id of given.recent ?? '') {
    const revision = stored.indexOf(id);
    recent.set(id, { stream: 'this', revision, position: revision * 100 });
  }
  return {
    stream: 'this',
    current: stored.length - 1,
    tombstoned: given.tombstoned ?? false,
    softDeleted: given.soft ?? false,
    hasMetadata: () => given.metadata ?? false,
    storedAfter: (revision) => stored.map((id, index) => ({ id, position: index * 100 })).slice(revision + 1),
    recent: (id) => recent.get(id),
  };
};

describe('an append is decided', () => {
  it.each(CASES)('[2.5/%s]', (_id, given, expected, ids, decision) => {
    expect(decideAppend(expected, [...ids], factsOf(given))).toEqual(decision);
  });
});
