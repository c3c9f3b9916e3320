/** The store itself: storage, the one writer, and the feed of what it flushed. Knows nothing of the wire. */
import { type Append, Appender, type AppendOutcome } from './semantics/append.js';
import { GroupCommit, type TimedOut } from './semantics/group-commit.js';
import { RecentIds } from './semantics/recent-ids.js';
import { type Storage } from './storage/storage.js';
import { Feed } from './subscriptions/feed.js';

export interface EventStoreOptions {
  readonly now: () => number;
  /** A write or a flush failed: the store must not go on. */
  readonly onFailure: (error: unknown) => void;
}

export class EventStore {
  readonly feed = new Feed();
  readonly now: () => number;
  private readonly commits: GroupCommit;

  constructor(
    readonly storage: Storage,
    { now, onFailure }: EventStoreOptions,
  ) {
    this.now = now;
    const appender = new Appender(storage, new RecentIds(), now);
    const onFlushed = this.feed.publish.bind(this.feed);
    this.commits = new GroupCommit(storage, appender, { now, onFlushed, onFailure });
  }

  /** @param deadline milliseconds since 1970 after which the append is not tried */
  append(append: Append, deadline: number): Promise<AppendOutcome | TimedOut> {
    return this.commits.append(append, deadline);
  }

  close(): Promise<void> {
    this.commits.stop();
    return this.storage.close();
  }
}
