import { categoryOf } from '#contracts';
import {
  EventLogLayer,
  type EventLog,
  WrongExpectedRevision,
  type Appended,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadStreamOptions,
} from '#kernel';
import { SpanKind, type SpanOptions } from '@opentelemetry/api';
import type { Metrics } from './metrics.js';
import { activeTraceparent, inSpan } from './spans.js';

/** The log as it is, counted, timed and traced: events carry the trace of their append to whoever reads them. */
export class ObservedEventLog extends EventLogLayer {
  constructor(
    log: EventLog,
    private readonly metrics: Metrics,
  ) {
    super(log);
  }

  override async append(
    stream: string,
    events: readonly ProposedEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const category = categoryOf(stream);
    const began = performance.now();
    try {
      const appended = await inSpan(`append ${category}`, spanOf(stream, events), () =>
        this.log.append(stream, traced(events), expected),
      );
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
    return isLoad(options) ? this.timed(categoryOf(stream), events) : events;
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

/** Of a stream from its start, or to its end: what is longer goes on from a snapshot. One event is looked up, no more. */
const isLoad = ({ from = 0, limit = Infinity, direction = 'forward' }: ReadStreamOptions = {}): boolean =>
  direction === 'forward' && (limit === Infinity || (from === 0 && limit > 1));

const spanOf = (stream: string, events: readonly ProposedEvent[]): SpanOptions => ({
  kind: SpanKind.PRODUCER,
  attributes: { 'recount.stream': stream, 'recount.events': events.length },
});

/** Metadata is no part of an event's identity: sent again with another trace, it is the same event. */
const traced = (events: readonly ProposedEvent[]): readonly ProposedEvent[] => {
  const traceparent = activeTraceparent();
  if (traceparent === undefined) return events;
  return events.map((event) => ({ ...event, metadata: { ...event.metadata, traceparent } }));
};

const secondsSince = (began: number): number => (performance.now() - began) / 1_000;
