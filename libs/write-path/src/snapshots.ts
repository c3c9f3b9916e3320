/** A stream folded up to a revision, as bytes: what is kept of it, so that nobody folds all of it again. */
export interface Snapshot {
  readonly revision: number;
  /** What its last event carries in the log, and it holds for all events before: elsewhere the snapshot says nothing. */
  readonly chain: string;
  readonly bytes: Uint8Array;
}

/**
 * The port to kept snapshots. They are a cache: any may be missing at any time, and nothing is proven by one. An implementation gives back
 * only what was folded by the very code that asks.
 */
export abstract class Snapshots {
  /** The last one of a stream; undefined where there is none, or nobody can say. */
  abstract last(stream: string): Promise<Snapshot | undefined>;

  /** Keeps one, soon. Nobody waits for that, and it may be lost. */
  abstract keep(stream: string, snapshot: Snapshot): void;
}
