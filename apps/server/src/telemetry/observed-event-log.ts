import { categoryOf } from '#contracts';
import {
  EventLog,
  WrongExpectedRevision,
  type Appended,
  type EventBatch,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '#kernel';
import type { Metrics } from './metrics.js';

/** The log as it is, counted and timed. */
export class ObservedEventLog extends EventLog {
  constructor(
    private readonly log: EventLog,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  override async append(
    stream: string,
    events: readonly ProposedEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const category = categoryOf(stream);
    const began = performance.now();
    try {
      const appended = await this.log.append(stream, events, expected);
      this.appended(category, events);
      return appended;
    } catch (error) {
      const result = error instanceof WrongExpectedRevision ? 'conflict' : 'failed';
      this.metrics.appends.inc({ category, result });
      throw error;
    } finally {
      this.metrics.appendSeconds.observe({ category }, secondsSince(began));
    }
  }

  override readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<LoggedEvent> {
    const events = this.log.readStream(stream, options);
    const isLoad = options?.limit === undefined && options?.direction !== 'backward';
    return isLoad ? this.timed(categoryOf(stream), events) : events;
  }

  override readAll(options: ReadAllOptions): AsyncIterable<LoggedEvent> {
    return this.log.readAll(options);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.log.subscribe(options);
  }

  override head(): Promise<bigint> {
    return this.log.head();
  }

  override dispose(): Promise<void> {
    return this.log.dispose();
  }

  private appended(category: string, events: readonly ProposedEvent[]): void {
    this.metrics.appends.inc({ category, result: 'ok' });
    this.metrics.appendedEvents.inc({ category }, events.length);
    const finalized = events.filter(({ type }) => type === 'InvoiceFinalized').length;
    if (finalized > 0) this.metrics.invoicesGenerated.inc(finalized);
  }

  /** From the first event asked for to the last one taken: what the reader does with each counts, too. */
  private async *timed(category: string, events: AsyncIterable<LoggedEvent>): AsyncGenerator<LoggedEvent> {
    const began = performance.now();
    try {
      yield* events;
    } finally {
      this.metrics.aggregateSeconds.observe({ category }, secondsSince(began));
    }
  }
}

const secondsSince = (began: number): number => (performance.now() - began) / 1_000;
