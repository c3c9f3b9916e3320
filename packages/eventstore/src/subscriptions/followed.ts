/** Subscriptions: what can be read and followed, a stream or the whole log, each with its own idea of a cursor. */
import { type CaughtUpAt } from '../codec/read-responses.js';
import { StreamDeleted, type Streams } from '../semantics/streams.js';
import { type Direction, NO_EVENTS, START_OF_LOG, type Storage, TOMBSTONE_REVISION } from '../storage/storage.js';
import { type Feed } from './feed.js';

export interface EventAt {
  /** The revision in a stream, the position in the log. */
  readonly cursor: number;
  readonly position: number;
  readonly record: Buffer;
}

export interface Followed {
  /** Stored events from a cursor on, itself included. */
  events(from: number, direction: Direction): Iterable<EventAt>;
  /** Those that a subscriber is still to be shown. @throws StreamDeleted */
  eventsAfter(cursor: number): Iterable<EventAt>;
  /** Events as they are flushed, until the function that it returns is called. */
  follow(follower: (event: EventAt) => void): () => void;
  /** Whether no event can come after this one. */
  isLast(cursor: number): boolean;
  caughtUpAt(cursor: number): CaughtUpAt;
}

export interface FollowedStore {
  readonly storage: Storage;
  readonly streams: Streams;
  readonly feed: Feed;
}

export const followedLog = ({ storage, feed }: FollowedStore): Followed => {
  function* events(from: number, direction: Direction): Generator<EventAt> {
    for (const { position, record } of storage.events(from, direction)) yield { cursor: position, position, record };
  }
  return {
    events,
    eventsAfter: (cursor) => events(cursor + 1, 'forward'),
    follow: (follower) => feed.followLog(({ position, record }) => follower({ cursor: position, position, record })),
    isLast: () => false,
    caughtUpAt: (cursor) => (cursor === START_OF_LOG ? {} : { position: cursor }),
  };
};

export const followedStream = ({ storage, streams, feed }: FollowedStore, stream: string): Followed => {
  function* events(from: number, direction: Direction): Generator<EventAt> {
    for (const { revision, position, record } of storage.streamEvents(stream, from, direction)) {
      yield { cursor: revision, position, record };
    }
  }
  return {
    events,
    eventsAfter: (cursor) => {
      const view = streams.view(stream);
      if (view.kind === 'tombstoned') throw new StreamDeleted(stream);
      return view.kind === 'missing' ? [] : events(Math.max(cursor + 1, view.first), 'forward');
    },
    follow: (follower) =>
      feed.followStream(stream, ({ revision, position, record }) => follower({ cursor: revision, position, record })),
    isLast: (cursor) => cursor === TOMBSTONE_REVISION,
    caughtUpAt: (cursor) => {
      // A subscription may begin after a revision that is still to come.
      const revision = Math.min(cursor, storage.lastRevision(stream));
      return revision === NO_EVENTS ? {} : { revision };
    },
  };
};
