import { type Expected, type Outcome } from './setting.js';

export interface AppendRow {
  readonly id: string;
  /** Appends that come before, each to be accepted. */
  readonly given?: readonly string[];
  /** What becomes of the stream after them. */
  readonly then?: 'deleted' | 'tombstoned' | 'described';
  readonly append: string;
  readonly expected: Expected;
  readonly outcome: Outcome;
  readonly stored: string;
}

/**
 * For tests: the table of §2.5 of the protocol notes. A letter is an event; the same letter within a row is the same event, id and
 * all.
 */
export const APPEND_ROWS: readonly AppendRow[] = [
  { id: 'never-seen/any', append: 'a', expected: 'any', outcome: { revision: 0 }, stored: 'a' },
  { id: 'never-seen/no-stream', append: 'ab', expected: 'no_stream', outcome: { revision: 1 }, stored: 'ab' },
  { id: 'never-seen/exact', append: 'a', expected: 0n, outcome: { conflict: 'no_stream' }, stored: 'not found' },
  {
    id: 'never-seen/exists',
    append: 'a',
    expected: 'stream_exists',
    outcome: { conflict: 'no_stream' },
    stored: 'not found',
  },
  {
    id: 'exists/written',
    given: ['a'],
    append: 'b',
    expected: 'stream_exists',
    outcome: { revision: 1 },
    stored: 'ab',
  },
  {
    id: 'exists/repeated',
    given: ['a'],
    append: 'a',
    expected: 'stream_exists',
    outcome: { revision: 0 },
    stored: 'a',
  },
  { id: 'any/first-unknown', given: ['a'], append: 'ba', expected: 'any', outcome: { revision: 2 }, stored: 'aba' },
  { id: 'any/all-known', given: ['ab', 'c'], append: 'ab', expected: 'any', outcome: { revision: 1 }, stored: 'abc' },
  { id: 'any/later-unknown', given: ['a'], append: 'ab', expected: 'any', outcome: { conflict: 0 }, stored: 'a' },
  { id: 'exact/at-current', given: ['ab'], append: 'c', expected: 1n, outcome: { revision: 2 }, stored: 'abc' },
  {
    id: 'exact/at-current-ids-unchecked',
    given: ['ab'],
    append: 'a',
    expected: 1n,
    outcome: { revision: 2 },
    stored: 'aba',
  },
  { id: 'exact/ahead', given: ['a'], append: 'b', expected: 5n, outcome: { conflict: 0 }, stored: 'a' },
  {
    id: 'exact/behind-all-match',
    given: ['ab', 'cd', 'e'],
    append: 'cd',
    expected: 1n,
    outcome: { revision: 3 },
    stored: 'abcde',
  },
  {
    id: 'exact/behind-first-differs',
    given: ['abc'],
    append: 'x',
    expected: 0n,
    outcome: { conflict: 2 },
    stored: 'abc',
  },
  {
    id: 'exact/behind-later-differs',
    given: ['abc'],
    append: 'bx',
    expected: 0n,
    outcome: { conflict: 2 },
    stored: 'abc',
  },
  {
    id: 'exact/behind-past-the-end',
    given: ['ab'],
    append: 'bc',
    expected: 0n,
    outcome: { conflict: 1 },
    stored: 'ab',
  },
  {
    id: 'no-stream/all-match',
    given: ['ab', 'c'],
    append: 'ab',
    expected: 'no_stream',
    outcome: { revision: 1 },
    stored: 'abc',
  },
  {
    id: 'no-stream/other-split',
    given: ['ab', 'c'],
    append: 'abc',
    expected: 'no_stream',
    outcome: { revision: 2 },
    stored: 'abc',
  },
  {
    id: 'no-stream/first-differs',
    given: ['ab'],
    append: 'b',
    expected: 'no_stream',
    outcome: { conflict: 1 },
    stored: 'ab',
  },
  { id: 'twice-in-one-append', append: 'aa', expected: 'no_stream', outcome: { revision: 1 }, stored: 'aa' },
  { id: 'no-events/any', given: ['a'], append: '', expected: 'any', outcome: { revision: 0 }, stored: 'a' },
  { id: 'no-events/exact', given: ['a'], append: '', expected: 0n, outcome: { revision: 0 }, stored: 'a' },
  { id: 'no-events/exact-behind', given: ['ab'], append: '', expected: 0n, outcome: { conflict: 1 }, stored: 'ab' },
  { id: 'no-events/no-stream', append: '', expected: 'no_stream', outcome: { revision: 0 }, stored: 'not found' },

  { id: 'exact/far-ahead', given: ['a'], append: 'b', expected: 2n ** 62n, outcome: { conflict: 0 }, stored: 'a' },
  {
    id: 'exact/at-current-of-repetition',
    given: ['ab'],
    append: 'b',
    expected: 0n,
    outcome: { revision: 1 },
    stored: 'ab',
  },
  {
    id: 'exists/all-known',
    given: ['ab'],
    append: 'ab',
    expected: 'stream_exists',
    outcome: { revision: 1 },
    stored: 'ab',
  },
  {
    id: 'exists/later-unknown',
    given: ['a'],
    append: 'ab',
    expected: 'stream_exists',
    outcome: { conflict: 0 },
    stored: 'a',
  },
  {
    id: 'no-stream/first-matches-later-not',
    given: ['ab'],
    append: 'ax',
    expected: 'no_stream',
    outcome: { conflict: 1 },
    stored: 'ab',
  },
  {
    id: 'no-stream/past-the-end',
    given: ['ab'],
    append: 'abc',
    expected: 'no_stream',
    outcome: { conflict: 1 },
    stored: 'ab',
  },
  { id: 'no-events/never-seen-any', append: '', expected: 'any', outcome: { revision: 0 }, stored: 'not found' },
  {
    id: 'no-events/never-seen-exact',
    append: '',
    expected: 0n,
    outcome: { conflict: 'no_stream' },
    stored: 'not found',
  },
  {
    id: 'no-events/exists',
    given: ['ab'],
    append: '',
    expected: 'stream_exists',
    outcome: { revision: 1 },
    stored: 'ab',
  },
  { id: 'no-events/exact-ahead', given: ['a'], append: '', expected: 4n, outcome: { conflict: 0 }, stored: 'a' },
];
