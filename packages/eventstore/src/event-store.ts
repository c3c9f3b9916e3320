/** The store itself: storage, the one writer, and the feed of what it flushed. Knows nothing of the wire. */
import { type Append, type AppendOutcome, type TogetherOutcome } from './semantics/append.js';
import { type Deletion, type DeletionOutcome } from './semantics/deletion.js';
import { type Commit, GroupCommit, type TimedOut } from './semantics/group-commit.js';
import { type LogWriterOptions } from './semantics/log-writer.js';
import { Streams } from './semantics/streams.js';
import { type Writing, writingTo } from './semantics/writing.js';
import { type DamagedRecord } from './storage/sealed-record.js';
import { type Storage } from './storage/storage.js';
import { Feed } from './subscriptions/feed.js';

export interface EventStoreOptions extends LogWriterOptions {
  /** A write or a flush failed: the store must not go on. */
  readonly onFailure: (error: unknown) => void;
  /** Told after readers and subscribers can see it. */
  readonly onCommitted?: ((commit: Commit) => void) | undefined;
  /** An event that somebody wanted to read is not what was stored: they are refused, everybody else goes on. */
  readonly onDamage?: ((damage: DamagedRecord) => void) | undefined;
}

/** Counted for whoever watches the store. */
export interface Activity {
  reads: number;
  subscriptions: number;
}

export class EventStore {
  readonly feed = new Feed();
  readonly streams: Streams;
  readonly activity: Activity = { reads: 0, subscriptions: 0 };
  readonly now: () => number;
  readonly onDamage: (damage: DamagedRecord) => void;
  private readonly writing: Writing;
  private readonly commits: GroupCommit;

  constructor(
    readonly storage: Storage,
    { now, newId, onFailure, onCommitted, onDamage }: EventStoreOptions,
  ) {
    this.now = now;
    this.onDamage = onDamage ?? (() => undefined);
    this.streams = new Streams(storage, now);
    this.writing = writingTo(storage, this.streams, { now, newId });
    const onFlushed = (commit: Commit): void => {
      this.feed.publish(commit.written);
      onCommitted?.(commit);
    };
    this.commits = new GroupCommit(storage, { now, onFlushed, onFailure });
  }

  /** @param deadline milliseconds since 1970 after which the append is not tried */
  append(append: Append, deadline: number): Promise<AppendOutcome | TimedOut> {
    return this.commits.carryOut((written) => this.writing.append(append, written), deadline);
  }

  /** All or none. @param appends of different streams @param deadline as for an append */
  appendTogether(appends: readonly Append[], deadline: number): Promise<TogetherOutcome | TimedOut> {
    return this.commits.carryOut((written) => this.writing.appendTogether(appends, written), deadline);
  }

  /** @param deadline as for an append */
  delete(deletion: Deletion, deadline: number): Promise<DeletionOutcome | TimedOut> {
    return this.commits.carryOut((written) => this.writing.delete(deletion, written), deadline);
  }

  close(): Promise<void> {
    this.commits.stop();
    return this.storage.close();
  }
}
