/** Semantics: writes that arrive together share one transaction and one flush; each is answered after it. */
import { DamagedRecord } from '../storage/sealed-record.js';
import { type NewEvent, NoRoom, type Storage } from '../storage/storage.js';

/** The write waited longer than its deadline and was not tried. */
export interface TimedOut {
  readonly kind: 'timed_out';
}

/** Decides and writes within the transaction; what it wrote it adds to `written`. */
export type Write<Outcome> = (written: NewEvent[]) => Outcome;

/** One transaction and one flush. */
export interface Commit {
  readonly written: readonly NewEvent[];
  /** Those that were refused or came too late, too. */
  readonly writes: number;
  readonly seconds: number;
}

interface Waiting {
  readonly write: Write<unknown>;
  readonly deadline: number;
  readonly answer: (outcome: unknown) => void;
  readonly fail: (error: DamagedRecord | NoRoom) => void;
}

export interface GroupCommitOptions {
  readonly now: () => number;
  /** What was flushed, before it is answered. */
  readonly onFlushed: (commit: Commit) => void;
  /** Nobody can tell what is on disk now: nothing of the group is answered, and no group follows. */
  readonly onFailure: (error: unknown) => void;
}

const TIMED_OUT: TimedOut = { kind: 'timed_out' };

export class GroupCommit {
  private waiting: Waiting[] = [];
  private stopped = false;

  constructor(
    private readonly storage: Storage,
    private readonly options: GroupCommitOptions,
  ) {}

  /**
   * A group is what the event loop had at hand: a limit would only let the queue grow while more is read.
   * @throws DamagedRecord for a write that rests on an event which cannot be read; the others go on
   * @throws NoRoom for all of a group: none of it was tried
   */
  carryOut<Outcome>(write: Write<Outcome>, deadline: number): Promise<Outcome | TimedOut> {
    return new Promise((answer, fail) => {
      this.waiting.push({ write, deadline, answer: answer as (outcome: unknown) => void, fail });
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
    const written: NewEvent[] = [];
    const begun = performance.now();
    const outcomes = this.flush(group, written);
    if (outcomes === undefined) return;
    this.options.onFlushed({ written, writes: group.length, seconds: (performance.now() - begun) / 1000 });
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome instanceof DamagedRecord) group[index]?.fail(outcome);
      else group[index]?.answer(outcome);
    }
  }

  private flush(group: readonly Waiting[], written: NewEvent[]): readonly unknown[] | undefined {
    const now = this.options.now();
    try {
      return this.storage.transaction(() =>
        group.map(({ write, deadline }) => (deadline <= now ? TIMED_OUT : carriedOut(write, written))),
      );
    } catch (error) {
      if (error instanceof NoRoom) {
        for (const { fail } of group) fail(error);
        return undefined;
      }
      this.stopped = true;
      this.options.onFailure(error);
      return undefined;
    }
  }
}

/** What was read before anything was written can be refused by itself. */
const carriedOut = (write: Write<unknown>, written: NewEvent[]): unknown => {
  const before = written.length;
  try {
    return write(written);
  } catch (error) {
    if (error instanceof DamagedRecord && written.length === before) return error;
    throw error;
  }
};
