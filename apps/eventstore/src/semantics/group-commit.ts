/** Semantics: appends that arrive together share one transaction and one flush; each is answered after it. */
import { type NewEvent, type Storage } from '../storage/storage.js';
import { type Append, type Appender, type AppendOutcome } from './append.js';

/** The append waited longer than its deadline and was not tried. */
export interface TimedOut {
  readonly kind: 'timed_out';
}

interface Waiting {
  readonly append: Append;
  readonly deadline: number;
  readonly answer: (outcome: AppendOutcome | TimedOut) => void;
}

export interface GroupCommitOptions {
  readonly now: () => number;
  /** What was flushed, before it is answered. */
  readonly onFlushed: (events: readonly NewEvent[]) => void;
  /** Nobody can tell what is on disk now: nothing of the group is answered, and no group follows. */
  readonly onFailure: (error: unknown) => void;
}

const TIMED_OUT: TimedOut = { kind: 'timed_out' };

export class GroupCommit {
  private waiting: Waiting[] = [];
  private stopped = false;

  constructor(
    private readonly storage: Storage,
    private readonly appender: Appender,
    private readonly options: GroupCommitOptions,
  ) {}

  /** A group is what the event loop had at hand: a limit would only let the queue grow while more is read. */
  append(append: Append, deadline: number): Promise<AppendOutcome | TimedOut> {
    return new Promise((answer) => {
      this.waiting.push({ append, deadline, answer });
      if (this.waiting.length === 1) setImmediate(() => this.commit());
    });
  }

  /** What waits is not tried any more, nor answered. */
  stop(): void {
    this.stopped = true;
  }

  private commit(): void {
    if (this.stopped) return;
    const group = this.waiting;
    this.waiting = [];
    const appended: NewEvent[] = [];
    const outcomes = this.flush(group, appended);
    if (outcomes === undefined) return;
    this.options.onFlushed(appended);
    for (const [index, outcome] of outcomes.entries()) group[index]?.answer(outcome);
  }

  private flush(group: readonly Waiting[], appended: NewEvent[]): readonly (AppendOutcome | TimedOut)[] | undefined {
    const now = this.options.now();
    try {
      return this.storage.transaction(() =>
        group.map(({ append, deadline }) => (deadline <= now ? TIMED_OUT : this.appender.append(append, appended))),
      );
    } catch (error) {
      this.stopped = true;
      this.options.onFailure(error);
      return undefined;
    }
  }
}
