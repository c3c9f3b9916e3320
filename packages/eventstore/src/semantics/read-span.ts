/** Semantics: which revisions or positions a read covers, and in what order. Pure. */
import { type Direction, NO_EVENTS, START_OF_LOG } from '../storage/storage.js';
import { type Shown } from './streams.js';

/** A revision or a position, or one of the two ends. */
export type From = bigint | 'start' | 'end';

/** Both ends belong to it. It covers nothing if its first comes after its last, as seen in its direction. */
export interface Span {
  readonly first: number;
  readonly last: number;
  readonly direction: Direction;
}

/** What the server's reader does not know how to begin. */
export class ForwardFromEnd extends Error {
  override readonly name = 'ForwardFromEnd';
}

const FIRST_POSITION = START_OF_LOG + 1;
/** How the wire writes "the end" as a position. */
const END_POSITION = 2n ** 64n - 1n;

const FIRST_REVISION = NO_EVENTS + 1;

/**
 * Of the revisions that the stream shows. A read from beyond the last finds nothing forward, and begins there backward;
 * a read from before the first begins there forward, and finds nothing backward.
 */
export const spanOfStream = (shown: Shown, from: From, backward: boolean): Span => {
  if (backward) {
    const first = from === 'start' ? FIRST_REVISION : from === 'end' ? shown.last : Math.min(Number(from), shown.last);
    return { first, last: shown.first, direction: 'backward' };
  }
  if (from === 'end') throw new ForwardFromEnd('A stream is not read forward from its end.');
  const first = from === 'start' ? FIRST_REVISION : Number(from);
  return { first: Math.max(first, shown.first), last: shown.last, direction: 'forward' };
};

/**
 * Forward the position is the first one read, backward it is the one after the first. There is nothing beyond the end, in either
 * direction: who asks from there may have a position of another log.
 */
export const spanOfLog = (head: number, from: From, backward: boolean): Span => {
  const position = positionIn(head, from);
  if (!backward) return { first: Math.max(position, FIRST_POSITION), last: head, direction: 'forward' };
  return { first: position > head + 1 ? START_OF_LOG : position - 1, last: FIRST_POSITION, direction: 'backward' };
};

/** The end is after the last event. */
const positionIn = (head: number, from: From): number => {
  if (from === 'start') return START_OF_LOG;
  if (from === 'end' || from === END_POSITION) return head + 1;
  return from > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(from);
};

export const isEmpty = ({ first, last, direction }: Span): boolean =>
  direction === 'forward' ? first > last : first < last;

export const covers = ({ last, direction }: Span, cursor: number): boolean =>
  direction === 'forward' ? cursor <= last : cursor >= last;

export const following = (cursor: number, direction: Direction): number =>
  direction === 'forward' ? cursor + 1 : cursor - 1;

/** The last event that a subscriber already has: unlike a read, a subscription begins after what it names. */
export const subscribedAfterRevision = (lastRevision: number, from: From): number => {
  if (from === 'start') return NO_EVENTS;
  return from === 'end' ? lastRevision : Math.min(Number(from), Number.MAX_SAFE_INTEGER);
};

/** From beyond the end it waits until the log has come as far. */
export const subscribedAfterPosition = (head: number, from: From): number =>
  from === 'end' || from === END_POSITION ? head : positionIn(head, from);
