import {
  EventLogLayer,
  AppendOutcomeUnknown,
  type EventLog,
  EventLogUnavailable,
  type Appended,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadStreamOptions,
} from '#kernel';

/** The process dies here: whoever ran in it goes on as a new one, with empty caches, on the same log. */
export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * What goes wrong with one append. `answer_lost`: stored, but nobody is told. `not_stored`: not stored, and nobody is
 * told. `unavailable`: not stored, and that is known. `crash_before` and `crash_after` it was stored. A function runs
 * first, as another writer that gets in between.
 */
export type AppendFault =
  'answer_lost' | 'not_stored' | 'unavailable' | 'crash_before' | 'crash_after' | (() => Promise<unknown>);

/** A log on which appends fail as they are told to; everything else goes through. */
export class FaultyEventLog extends EventLogLayer {
  private readonly faults: (AppendFault | null)[] = [];
  /** Appends that were asked for, failed ones included. */
  appends = 0;
  /** Reads of streams that were asked for. */
  reads = 0;
  /** So many of the next of them fail. */
  readsFailing = 0;

  constructor(log: EventLog) {
    super(log);
  }

  /** The faults of the next appends, one each, in order; null where one goes well. */
  failing(...faults: readonly (AppendFault | null)[]): this {
    this.faults.push(...faults);
    return this;
  }

  /** Faults that no append has met are forgotten. */
  forgive(): void {
    this.faults.length = 0;
  }

  override async append(
    stream: string,
    events: readonly ProposedEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    this.appends += 1;
    const fault = this.faults.shift() ?? null;
    const failed = new Error('The test wanted it so.');
    switch (fault) {
      case 'crash_before':
        throw new Crash();
      case 'unavailable':
        throw new EventLogUnavailable(`An append to ${stream} could not be sent.`, { cause: failed });
      case 'not_stored':
        throw new AppendOutcomeUnknown(stream, { cause: failed });
      case 'answer_lost':
        await this.log.append(stream, events, expected);
        throw new AppendOutcomeUnknown(stream, { cause: failed });
      case 'crash_after':
        await this.log.append(stream, events, expected);
        throw new Crash();
      default:
        await fault?.();
        return this.log.append(stream, events, expected);
    }
  }

  override readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<LoggedEvent> {
    this.reads += 1;
    if (this.readsFailing > 0) {
      this.readsFailing -= 1;
      throw new EventLogUnavailable(`${stream} could not be read.`);
    }
    return this.log.readStream(stream, options);
  }
}
