import { EventLogUnavailable, type LogFilter, wantedBy } from '#kernel';

import { type Lease } from './connection.js';
import { CONSIDERED_PER_CHECKPOINT } from './log-filters.js';
import { BEHIND, readNewest } from './reading.js';

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
  /** Its node does not answer, or does not have the log that there is. */
  fail(error: Error): void;
}

/** A look costs one small read. It is repeated less and less often while nothing happens. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 500;
/** A follower is behind for a moment; a node that is so each time has lost the others. */
const LOOKS_BEHIND_MAX = 4;

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
  private looksBehind = 0;

  constructor(
    private readonly lease: Lease,
    private readonly filter: LogFilter,
    private readonly watched: Watched,
    private readonly acknowledged: () => bigint,
    private readonly answerWithinMs: number,
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
      // A subscription at the same node would wait for ever and hear of no error.
      await this.look(isStill).catch((error: unknown) => this.failed(error));
    } else {
      this.pauseMs = FIRST_PAUSE_MS;
    }
    this.lookLater();
  }

  private async look(isStill: boolean): Promise<void> {
    const { watched, lease } = this;
    const [last] = await readNewest(lease, 1, this.answerWithinMs);
    if (this.stopped) return;
    if (this.isBehind(last?.position ?? 0n)) return;
    if (last === undefined || last.position <= watched.received) watched.reachedEnd(watched.received);
    else if (isStill) await this.lookBack();
    else watched.endsAt(last.position);
  }

  private isBehind(end: bigint): boolean {
    if (end >= this.acknowledged()) {
      this.looksBehind = 0;
      return false;
    }
    this.looksBehind++;
    if (this.looksBehind >= LOOKS_BEHIND_MAX) throw new EventLogUnavailable(BEHIND);
    return true;
  }

  private failed(error: unknown): void {
    if (!this.stopped) this.watched.fail(error instanceof Error ? error : new Error(String(error)));
  }

  /** While nothing comes, only events that the filter leaves out can be missing, and fewer than a checkpoint's worth. */
  private async lookBack(): Promise<void> {
    const { watched, lease, filter } = this;
    const newest = await readNewest(lease, CONSIDERED_PER_CHECKPOINT, this.answerWithinMs);
    if (this.stopped) return;
    const missing = newest.filter(({ position }) => position > watched.received);
    const end = newest[0]?.position ?? watched.received;
    const areAllSeen = missing.length < CONSIDERED_PER_CHECKPOINT;
    if (areAllSeen && !missing.some(wantedBy(filter))) watched.reachedEnd(end);
    else watched.endsAt(end);
  }
}
