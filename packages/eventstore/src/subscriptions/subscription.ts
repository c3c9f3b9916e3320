/**
 * Subscriptions: one subscriber. It catches up from storage, then lives on the feed.
 * There is no buffer of live events: a subscriber that cannot take one goes back to catching up.
 */
import { encodeCaughtUp, encodeCheckpoint, encodeConfirmation } from '../codec/read-responses.js';
import { type EventFilter } from '../semantics/event-filter.js';
import { type CheckpointCadence } from './checkpoint-cadence.js';
import { type EventAt, type Followed } from './followed.js';
import { type Answer } from './reading.js';
import { type Sink } from './sink.js';
import { walk } from './walk.js';

export interface SubscriptionOptions {
  readonly id: string;
  /** The last event that the subscriber already has. */
  readonly cursor: number;
  readonly filter: EventFilter;
  readonly answer: Answer;
  /** Only filtered subscriptions have checkpoints. */
  readonly cadence: CheckpointCadence | undefined;
  readonly now: () => number;
}

export class Subscription {
  private cursor: number;

  constructor(
    private readonly followed: Followed,
    private readonly sink: Sink,
    private readonly options: SubscriptionOptions,
  ) {
    this.cursor = options.cursor;
  }

  /** Until the call is over. @throws StreamDeleted when the stream has ended */
  async run(): Promise<void> {
    this.sink.send(encodeConfirmation(this.options.id));
    while (!this.sink.closed) {
      await walk(this.sink, () => this.followed.eventsAfter(this.cursor), this.catchUpWith);
      if (this.sink.closed) return;
      // Nothing is flushed between the last look at storage and here: both are in one turn of the event loop.
      this.announceCaughtUp();
      await this.live();
      await this.sink.drained();
    }
  }

  private readonly catchUpWith = (event: EventAt): 'go_on' | 'wait' => (this.consider(event) ? 'go_on' : 'wait');

  /** Whether the subscriber can take more. */
  private consider({ cursor, position, record }: EventAt): boolean {
    const { filter, answer, cadence } = this.options;
    let ready = true;
    this.cursor = cursor;
    if (filter(record)) ready = this.sink.send(answer(record, position));
    if (cadence?.isDueAfter(cursor)) ready = this.sink.send(encodeCheckpoint(cursor));
    return ready;
  }

  private announceCaughtUp(): void {
    const { cadence, now } = this.options;
    const at = this.followed.caughtUpAt(this.cursor);
    if (at.position !== undefined && cadence?.announce(at.position)) this.sink.send(encodeCheckpoint(at.position));
    this.sink.send(encodeCaughtUp(now(), at));
  }

  /** Ends when the subscriber cannot keep up, or leaves, or when no event can follow. */
  private live(): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        unfollow();
        forgetClosed();
        resolve();
      };
      const unfollow = this.followed.follow((event) => {
        if (event.cursor <= this.cursor) return;
        const ready = this.consider(event);
        if (!ready || this.followed.isLast(event.cursor)) end();
      });
      const forgetClosed = this.sink.onClosed(end);
    });
  }
}
