/** Subscriptions: what can be read and followed, a stream or the whole log, each with its own idea of a cursor. */
import { type CaughtUpAt } from '../codec/read-responses.js';
import { type Direction, NO_EVENTS, START_OF_LOG, type Storage } from '../storage/storage.js';
import { type Feed } from './feed.js';

export interface EventAt {
  /** The revision in a stream, the position in the log. */
  readonly cursor: number;
  readonly record: Buffer;
}

export interface Followed {
  /** Stored events from a cursor on, itself included. */
  events(from: number, direction: Direction): Iterable<EventAt>;
  /** Events as they are flushed, until the function that it returns is called. */
  follow(follower: (event: EventAt) => void): () => void;
  caughtUpAt(cursor: number): CaughtUpAt;
}

export const followedLog = (storage: Storage, feed: Feed): Followed => ({
  *events(from, direction) {
    for (const { position, record } of storage.events(from, direction)) yield { cursor: position, record };
  },
  follow: (follower) => feed.followLog(({ position, record }) => follower({ cursor: position, record })),
  caughtUpAt: (cursor) => (cursor === START_OF_LOG ? {} : { position: cursor }),
});

export const followedStream = (storage: Storage, feed: Feed, stream: string): Followed => ({
  *events(from, direction) {
    for (const { revision, record } of storage.streamEvents(stream, from, direction)) {
      yield { cursor: revision, record };
    }
  },
  follow: (follower) => feed.followStream(stream, ({ revision, record }) => follower({ cursor: revision, record })),
  caughtUpAt: (cursor) => {
    // A subscription may begin after a revision that is still to come.
    const revision = Math.min(cursor, storage.lastRevision(stream));
    return revision === NO_EVENTS ? {} : { revision };
  },
});
