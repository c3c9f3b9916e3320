import { type EventStoreDBClient } from '@eventstore/db-client';

import { type LogFilter } from '#kernel';

import { CONSIDERED_PER_CHECKPOINT, wants } from './log-filters.js';
import { readNewest } from './reading.js';

/** What is watched: a subscription, which knows how far it has heard. */
export interface Watched {
  /** Everything up to here has arrived. */
  readonly received: bigint;
  /** Whether all that arrived was taken: only then can the end be near. */
  readonly isQuiet: boolean;
  readonly isAtEnd: boolean;
  /** Nothing that the filter wants stands between what has arrived and here, which is the end of the log. */
  reachedEnd(position: bigint): void;
  /** The log ends here or later; what has not arrived of it is on its way. */
  endsAt(position: bigint): void;
}

/** A look costs one small read. It is repeated less and less often while nothing happens. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 500;
const ANSWER_WITHIN_MS = 5_000;

/**
 * Tells a subscription that it has reached the end of the log, by looking at the end now and then. Servers before 24.2 never
 * say it, none says it again after the client fell behind for a moment, and none says soon how far it is beyond the last
 * event that the filter let through.
 */
export class EndWatch {
  private pauseMs = FIRST_PAUSE_MS;
  private heard: bigint;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly filter: LogFilter,
    private readonly watched: Watched,
  ) {
    this.heard = watched.received;
    this.lookLater();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private lookLater(): void {
    if (!this.stopped) this.timer = setTimeout(() => void this.lookIfQuiet(), this.pauseMs);
  }

  private async lookIfQuiet(): Promise<void> {
    const { received, isQuiet, isAtEnd } = this.watched;
    const isStill = received === this.heard;
    this.heard = received;
    if (isQuiet && (isStill || !isAtEnd)) {
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      // Should it fail, the subscription fares no better and is opened again.
      await this.look(isStill).catch(() => undefined);
    } else {
      this.pauseMs = FIRST_PAUSE_MS;
    }
    this.lookLater();
  }

  private async look(isStill: boolean): Promise<void> {
    const { watched, client } = this;
    const [last] = await readNewest(client, 1, ANSWER_WITHIN_MS);
    if (this.stopped) return;
    if (last === undefined || last.position <= watched.received) watched.reachedEnd(watched.received);
    else if (isStill) await this.lookBack();
    else watched.endsAt(last.position);
  }

  /** While nothing comes, only events that the filter leaves out can be missing, and fewer than a checkpoint's worth. */
  private async lookBack(): Promise<void> {
    const { watched, client, filter } = this;
    const newest = await readNewest(client, CONSIDERED_PER_CHECKPOINT, ANSWER_WITHIN_MS);
    if (this.stopped) return;
    const missing = newest.filter(({ position }) => position > watched.received);
    const end = newest[0]?.position ?? watched.received;
    const areAllSeen = missing.length < CONSIDERED_PER_CHECKPOINT;
    if (areAllSeen && !missing.some((event) => wants(filter, event))) watched.reachedEnd(end);
    else watched.endsAt(end);
  }
}
