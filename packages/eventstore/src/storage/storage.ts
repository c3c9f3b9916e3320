/** Storage: the port. An ordered log of encoded events with an index by stream; everything above it is pure semantics. */

/** Position of the last event of an empty log; the first event stands at 1. */
export const START_OF_LOG = 0;
/** Revision of the last event of a stream without events. */
export const NO_EVENTS = -1;
/** Revision of the event that ends a stream for ever: the greatest of 64 bits, which as a number is one more than that. */
export const TOMBSTONE_REVISION = 2 ** 63;

export type Direction = 'forward' | 'backward';

export interface StoredEvent {
  readonly position: number;
  /** The encoded event, as a reader gets it. */
  readonly record: Buffer;
}

export interface StreamEvent extends StoredEvent {
  readonly revision: number;
}

export interface NewEvent extends StreamEvent {
  readonly stream: string;
}

/** The disk has no room for a transaction: none was begun. */
export class NoRoom extends Error {
  override readonly name = 'NoRoom';

  constructor() {
    super('DiskFull: the event store has no room on its disk, and takes nothing until it has.');
  }
}

export interface Storage {
  /** Position of the last event. */
  readonly head: number;
  /** Also of a stream that ended: then it is `TOMBSTONE_REVISION`. */
  lastRevision(stream: string): number;
  /** Events from a position on, itself included. Walk it in one go: what is written meanwhile may or may not be met. */
  events(from: number, direction: Direction): Iterable<StoredEvent>;
  streamEvents(stream: string, from: number, direction: Direction): Iterable<StreamEvent>;
  /** Only within a transaction, at the position after `head`. */
  put(event: NewEvent): void;
  /** All that the work puts, or nothing if it throws. It is on disk when this returns. @throws NoRoom before it begins */
  transaction<Result>(work: () => Result): Result;
  close(): Promise<void>;
}
