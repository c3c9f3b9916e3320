import { describe, expect, it } from '@jest/globals';

import {
  covers,
  following,
  type From,
  isEmpty,
  type Span,
  spanOfLog,
  spanOfStream,
  subscribedAfterPosition,
  subscribedAfterRevision,
} from './read-span.js';
import { type Shown } from './streams.js';

const THREE: Shown = { kind: 'shown', first: 0, last: 2 };
const TRUNCATED: Shown = { kind: 'shown', first: 2, last: 4 };

const walked = (span: Span): number[] => {
  const cursors: number[] = [];
  if (isEmpty(span)) return cursors;
  for (let at = span.first; covers(span, at); at = following(at, span.direction)) cursors.push(at);
  return cursors;
};

describe('a read covers', () => {
  it.each<[string, From, boolean, number[]]>([
    ['forward/start', 'start', false, [0, 1, 2]],
    ['forward/inclusive', 1n, false, [1, 2]],
    ['forward/beyond', 3n, false, []],
    ['forward/far-beyond', 2n ** 64n - 1n, false, []],
    ['backward/end', 'end', true, [2, 1, 0]],
    ['backward/inclusive', 1n, true, [1, 0]],
    ['backward/beyond', 2n ** 64n - 1n, true, [2, 1, 0]],
    ['backward/start', 'start', true, [0]],
  ])('of a stream of three [2.6/stream/%s]', (_id, from, backward, revisions) => {
    expect(walked(spanOfStream(THREE, from, backward))).toEqual(revisions);
  });

  it.each<[string, From, boolean, number[]]>([
    ['forward/start', 'start', false, [2, 3, 4]],
    ['forward/inside', 3n, false, [3, 4]],
    ['backward/end', 'end', true, [4, 3, 2]],
    ['backward/before', 1n, true, []],
    ['backward/start', 'start', true, []],
  ])('of a stream that lost its first two what is left [2.6/stream/truncated/%s]', (_id, from, backward, revisions) => {
    expect(walked(spanOfStream(TRUNCATED, from, backward))).toEqual(revisions);
  });

  it('of a stream nothing forward from its end, which the server does not know [2.6/stream/forward/end]', () => {
    expect(() => spanOfStream(THREE, 'end', false)).toThrow(/from its end/u);
  });

  it.each<[string, From, boolean, number[]]>([
    ['forward/start', 'start', false, [1, 2, 3]],
    ['forward/zero', 0n, false, [1, 2, 3]],
    ['forward/inclusive', 2n, false, [2, 3]],
    ['forward/end', 'end', false, []],
    ['backward/end', 'end', true, [3, 2, 1]],
    ['backward/end-position', 2n ** 64n - 1n, true, [3, 2, 1]],
    ['backward/exclusive', 2n, true, [1]],
    ['backward/start', 'start', true, []],
  ])('of a log of three [2.6/all/%s]', (_id, from, backward, positions) => {
    expect(walked(spanOfLog(3, from, backward))).toEqual(positions);
  });

  it.each([4n, 5n, 2n ** 60n])('of a log nothing from beyond its end, at %s [2.6/all/beyond-the-end]', (position) => {
    expect(walked(spanOfLog(2, position, false))).toEqual([]);
    expect(walked(spanOfLog(2, position, true))).toEqual([]);
  });
});

describe('a subscription begins', () => {
  it.each<[string, From, number]>([
    ['start', 'start', -1],
    ['end', 'end', 2],
    ['exclusive', 1n, 1],
    ['beyond', 2n ** 64n - 1n, Number.MAX_SAFE_INTEGER],
  ])('in a stream after [2.7/stream/%s]', (_id, from, revision) => {
    expect(subscribedAfterRevision(2, from)).toBe(revision);
  });

  it.each<[string, From, number]>([
    ['start', 'start', 0],
    ['end', 'end', 3],
    ['exclusive', 2n, 2],
  ])('in the log after [2.7/all/%s]', (_id, from, position) => {
    expect(subscribedAfterPosition(3, from)).toBe(position);
  });

  it('where it was told to in a log that is shorter, and waits', () => {
    expect(subscribedAfterPosition(3, 9n)).toBe(9);
  });
});
