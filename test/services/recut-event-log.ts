import {
  EventLog,
  type Appended,
  type EventBatch,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '#kernel';

/** What a subscription hands over instead of a batch. */
export type Recut = (batch: EventBatch) => Iterable<EventBatch>;

const ending = (events: readonly LoggedEvent[], last: EventBatch): EventBatch => {
  const done = events.at(-1) === last.events.at(-1);
  return { events, position: done ? last.position : events.at(-1)!.position, caughtUp: done && last.caughtUp };
};

/** Batches of so many events, each beginning with the last ones of the batch before it, as after an interruption. */
export const inBatchesOf = (size: number, overlap = 0): Recut =>
  function* (batch) {
    if (batch.events.length === 0) yield batch;
    for (let begin = 0; begin < batch.events.length; begin += size) {
      yield ending(batch.events.slice(Math.max(0, begin - overlap), begin + size), batch);
    }
  };

/** Every event twice in a row. */
export const eachTwice: Recut = ({ events, ...batch }) => [
  { ...batch, events: events.flatMap((event) => [event, event]) },
];

/** Every batch a second time. */
export const allTwice: Recut = (batch) => [batch, batch];

/** A log whose subscriptions hand events over in other portions, or more than once. */
export class RecutEventLog extends EventLog {
  constructor(
    private readonly log: EventLog,
    private readonly recut: Recut,
  ) {
    super();
  }

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    for await (const batch of this.log.subscribe(options)) yield* this.recut(batch);
  }

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.log.append(stream, events, expected);
  }

  override readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<LoggedEvent> {
    return this.log.readStream(stream, options);
  }

  override readAll(options: ReadAllOptions): AsyncIterable<LoggedEvent> {
    return this.log.readAll(options);
  }

  override head(): Promise<bigint> {
    return this.log.head();
  }

  override dispose(): Promise<void> {
    return this.log.dispose();
  }
}
