import { publicEventOf, type PublicEvent } from '#contracts';
import type { EventLog } from '#kernel';
import { PUBLIC_STREAMS } from './selection.js';

/** Whoever is further behind than this reads the log again. */
const KEPT_EVENTS_MAX = 4_096;
const BATCH_EVENTS = 500;

interface Kept {
  readonly position: bigint;
  readonly event: PublicEvent;
}

/** The newest public events of all tenants. The log is followed once, however many listen. */
export class LiveTail {
  private kept: Kept[] = [];
  private readonly listeners = new Set<() => void>();
  private failure: Error | undefined;
  /** Everything up to here has been considered. */
  position: bigint;

  /** @param begin everything after it is kept, as long as there is room */
  private constructor(private begin: bigint) {
    this.position = begin;
  }

  /** Begins at the end of the log. @throws EventLogUnavailable */
  static async start(log: EventLog, signal: AbortSignal): Promise<LiveTail> {
    const tail = new LiveTail(await log.head());
    void tail.follow(log, signal);
    return tail;
  }

  get hasFailed(): boolean {
    return this.failure !== undefined;
  }

  /** Whether everything after a position is at hand. */
  covers(position: bigint): boolean {
    return position >= this.begin;
  }

  /** The first of what is told of the events after a position, and how far it was looked for. @throws what following the log threw */
  after(
    position: bigint,
    told: (event: PublicEvent) => PublicEvent | undefined,
    most: number,
  ): { events: PublicEvent[]; position: bigint } {
    if (this.failure !== undefined) throw this.failure;
    const events: PublicEvent[] = [];
    for (let index = this.firstAfter(position); index < this.kept.length; index++) {
      const kept = this.kept[index]!;
      const event = told(kept.event);
      if (event === undefined) continue;
      if (events.push(event) === most) return { events, position: kept.position };
    }
    return { events, position: this.position > position ? this.position : position };
  }

  /** Settles when there is more, when the time is over, or with the signal. */
  changes(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.listeners.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      const timer = setTimeout(settle, milliseconds);
      this.listeners.add(settle);
      signal.addEventListener('abort', settle);
      if (signal.aborted) settle();
    });
  }

  private async follow(log: EventLog, signal: AbortSignal): Promise<void> {
    try {
      const batches = log.subscribe({
        after: this.begin,
        filter: PUBLIC_STREAMS,
        batchSize: BATCH_EVENTS,
        signal,
      });
      for await (const { events, position } of batches) {
        for (const logged of events) {
          const event = publicEventOf(logged);
          if (event) this.kept.push({ position: logged.position, event });
        }
        this.position = position;
        this.forget();
        this.tell();
      }
    } catch (error) {
      this.failure = error as Error;
      this.tell();
    }
  }

  private forget(): void {
    const excess = this.kept.length - KEPT_EVENTS_MAX;
    if (excess <= 0) return;
    this.begin = this.kept[excess - 1]!.position;
    this.kept = this.kept.slice(excess);
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }

  private firstAfter(position: bigint): number {
    let low = 0;
    for (let high = this.kept.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.kept[middle]!.position > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
