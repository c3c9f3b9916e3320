import { EventLogLayer, type EventLog, type EventBatch, type LoggedEvent, type SubscribeOptions } from '#kernel';

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
export class RecutEventLog extends EventLogLayer {
  constructor(
    log: EventLog,
    private readonly recut: Recut,
  ) {
    super(log);
  }

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    for await (const batch of this.log.subscribe(options)) yield* this.recut(batch);
  }
}
