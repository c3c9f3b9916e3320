import { setTimeout as delay } from 'node:timers/promises';

import { type EventBatch, type EventLog, type LoggedEvent, type LogFilter, type SubscribeOptions } from '#kernel';

import { BACKOFF } from './following.js';
import { type SizedBatch } from './subscription-session.js';

/** A log whose subscriptions say how much they hand over. */
export interface SizedLog extends EventLog {
  subscribe(options: SubscribeOptions): AsyncIterable<SizedBatch>;
}

/** What is kept at the most, whichever is reached first. Whoever is further behind reads the log itself. */
const KEPT_EVENTS_MAX = 4_096;
const KEPT_BYTES_MAX = 16 * 1024 * 1024;
const BATCH_EVENTS = 1_000;

/** The newest events of the log, read and decoded once for all who follow it. */
export class LogTail {
  private readonly over = new AbortController();
  private readonly waiting = new Set<() => void>();
  private kept: SizedBatch[] = [];
  private events = 0;
  private bytes = 0;
  /** Everything after it is kept; undefined until the end of the log was found. */
  private begin: bigint | undefined;
  /** Everything up to here was read. */
  private position = 0n;
  private isAtEnd = false;
  /** Whether the end of the log was looked for, found or not. */
  private hasLooked = false;

  constructor(
    private readonly log: SizedLog,
    private readonly filter: LogFilter,
  ) {
    void this.followUntilOver();
  }

  end(): void {
    this.over.abort();
  }

  /** Once it was looked for the end of the log, or with the signal. */
  async begun(signal: AbortSignal): Promise<void> {
    while (!this.hasLooked && !signal.aborted) await this.changes(signal);
  }

  /** Whether everything after a position is at hand. */
  covers(position: bigint): boolean {
    return this.begin !== undefined && position >= this.begin;
  }

  /** What is wanted of the events after a position that it covers, and how far it was looked for. */
  after(position: bigint, isWanted: (event: LoggedEvent) => boolean, most: number): EventBatch {
    const events: LoggedEvent[] = [];
    for (let index = this.firstAfter(position); index < this.kept.length; index++) {
      for (const event of this.kept[index]!.events) {
        if (event.position <= position || !isWanted(event)) continue;
        events.push(event);
        if (events.length === most && event.position < this.position)
          return { events, position: event.position, caughtUp: false };
      }
    }
    return { events, position: this.position > position ? this.position : position, caughtUp: this.isAtEnd };
  }

  /** Settles when there is more, or with the signal. */
  changes(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.waiting.delete(settle);
        signal.removeEventListener('abort', settle);
        resolve();
      };
      this.waiting.add(settle);
      signal.addEventListener('abort', settle);
      if (signal.aborted) settle();
    });
  }

  /** Where it cannot go on it covers nothing, so that each follower learns from the log itself what is wrong. */
  private async followUntilOver(): Promise<void> {
    const { signal } = this.over;
    let pause = BACKOFF.next();
    while (!signal.aborted) {
      try {
        await this.follow(signal, () => (pause = BACKOFF.next()));
      } catch {
        this.begin = undefined;
        this.hasLooked = true;
        this.tell();
        await delay(pause.duration, undefined, { signal }).catch(() => undefined);
        pause = pause.next(undefined);
      }
    }
  }

  private async follow(signal: AbortSignal, progressed: () => void): Promise<void> {
    const after = await this.log.head();
    this.kept = [];
    this.events = this.bytes = 0;
    this.isAtEnd = false;
    this.position = this.begin = after;
    this.hasLooked = true;
    this.tell();
    for await (const batch of this.log.subscribe({ after, filter: this.filter, batchSize: BATCH_EVENTS, signal })) {
      this.keep(batch);
      this.tell();
      progressed();
    }
  }

  private keep(batch: SizedBatch): void {
    this.position = batch.position;
    this.isAtEnd = batch.caughtUp;
    if (batch.events.length === 0) return;
    this.kept.push(batch);
    this.events += batch.events.length;
    this.bytes += batch.bytes;
    while (this.events > KEPT_EVENTS_MAX || this.bytes > KEPT_BYTES_MAX) this.forget(this.kept.shift()!);
  }

  private forget({ events, bytes, position }: SizedBatch): void {
    this.events -= events.length;
    this.bytes -= bytes;
    this.begin = position;
  }

  private tell(): void {
    for (const settle of [...this.waiting]) settle();
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
