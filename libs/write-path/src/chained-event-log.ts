import {
  EventLogLayer,
  WrongExpectedRevision,
  type Appended,
  type EventLog,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadStreamOptions,
} from '#kernel';
import { LRUCache } from 'lru-cache';
import { AppendsAtEnd } from './appends-at-end.js';
import { chained, chainEndAt, NO_EVENTS, STREAMS_MAX, type ChainEnd } from './chain-end.js';

/**
 * The log, with every event that is appended through it tied to the one before it in its stream. What the last one was is known
 * from the stream's own reading or from the append before; where it is not, it is read.
 */
export class ChainedEventLog extends EventLogLayer {
  private readonly ends = new LRUCache<string, ChainEnd>({ max: STREAMS_MAX });
  private readonly appendsAtEnd: AppendsAtEnd;

  constructor(log: EventLog) {
    super(log);
    this.appendsAtEnd = new AppendsAtEnd(log, this.ends);
  }

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return expected === 'any'
      ? this.appendsAtEnd.append(stream, events)
      : this.appendBehind(stream, events, expected === 'no_stream' ? NO_EVENTS.revision : expected);
  }

  /** Appends wherever the stream ends what another process was asked to append and may have appended, where it does not stand there. */
  appendUnlessStored(stream: string, events: readonly ProposedEvent[]): Promise<Appended> {
    return this.appendsAtEnd.appendUnlessStored(stream, events);
  }

  override async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<LoggedEvent> {
    for await (const event of this.log.readStream(stream, options)) {
      if (options.direction !== 'backward') this.learn(stream, event);
      yield event;
    }
  }

  private async appendBehind(stream: string, events: readonly ProposedEvent[], revision: number): Promise<Appended> {
    const end = await this.endAt(stream, revision);
    const { events: proposed, end: next } = chained(stream, events, end);
    const appended = await this.log.append(stream, proposed, revision < 0 ? 'no_stream' : revision);
    this.ends.set(stream, next);
    return { ...appended, ...(next.chain === undefined ? {} : { chain: next.chain }) };
  }

  private async endAt(stream: string, revision: number): Promise<ChainEnd> {
    if (revision === NO_EVENTS.revision) return NO_EVENTS;
    const known = this.ends.get(stream);
    if (known?.revision === revision) return known;
    for await (const event of this.log.readStream(stream, { from: revision, limit: 1 })) return chainEndAt(event);
    throw new WrongExpectedRevision(stream, revision);
  }

  private learn(stream: string, event: LoggedEvent): void {
    const known = this.ends.get(stream);
    if (known === undefined || known.revision < event.revision) this.ends.set(stream, chainEndAt(event));
  }
}
