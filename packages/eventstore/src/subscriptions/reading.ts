/** Subscriptions: carries out one read, which is a walk that ends. */
import { type EventFilter } from '../semantics/event-filter.js';
import { covers, following, isEmpty, type Span } from '../semantics/read-span.js';
import { type EventAt, type Followed } from './followed.js';
import { type Sink } from './sink.js';
import { type Verdict, walk } from './walk.js';

export interface Reading {
  readonly span: Span;
  readonly filter: EventFilter;
  /** Counts what the filter lets through. */
  readonly limit: number;
  readonly answer: Answer;
}

/** What a reader gets for an event: the event as it is stored, or what it is a link to. */
export type Answer = (record: Buffer, position: number) => Buffer;

export const asStored: Answer = (record) => record;

export const read = async (followed: Followed, { span, filter, limit, answer }: Reading, sink: Sink): Promise<void> => {
  if (isEmpty(span) || limit === 0) return;
  let next = span.first;
  let delivered = 0;
  const visit = ({ cursor, position, record }: EventAt): Verdict => {
    if (!covers(span, cursor)) return 'stop';
    next = following(cursor, span.direction);
    if (!filter(record)) return 'go_on';
    delivered++;
    const ready = sink.send(answer(record, position));
    if (delivered === limit) return 'stop';
    return ready ? 'go_on' : 'wait';
  };
  await walk(sink, () => followed.events(next, span.direction), visit);
};
