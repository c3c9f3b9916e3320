import { Clock, isBefore, plusDuration, type Instant } from '#kernel';
import { Injectable } from '@nestjs/common';
import { ClockSightings } from '../operational-state/clock-sightings.js';

/** How far the clock may be ahead of when it was last seen, before nobody believes it. */
export class ClockSettings {
  constructor(readonly aheadDaysMax = 7) {}
}

export interface ClockReading {
  readonly now: Instant;
  /** When a worker was last at work, as the clock was then; null before the first time. */
  readonly seenAt: Instant | null;
  readonly isAhead: boolean;
}

const NOTED_SECONDS = 30;

/**
 * What falls due cannot be taken back. A clock that is far ahead of its last sign of life (a wrong clock, a database that was put back,
 * a server that was away for long) fires nothing by itself until somebody says that it is right.
 */
@Injectable()
export class ClockWatch {
  constructor(
    private readonly sightings: ClockSightings,
    private readonly clock: Clock,
    private readonly settings: ClockSettings,
  ) {}

  async reading(): Promise<ClockReading> {
    const now = this.clock.now();
    const seenAt = await this.sightings.last();
    return { now, seenAt, isAhead: seenAt !== null && isBefore(this.furthestFrom(seenAt), now) };
  }

  /** Whether the clock can be gone by; then it is noted that it was seen. */
  async isBelieved(): Promise<boolean> {
    const { now, seenAt, isAhead } = await this.reading();
    if (isAhead) return false;
    if (seenAt === null || isBefore(plusDuration(seenAt, { seconds: NOTED_SECONDS }), now))
      await this.sightings.note(now);
    return true;
  }

  /** Somebody has looked: it is as late as the clock says. */
  async confirm(): Promise<ClockReading> {
    await this.sightings.note(this.clock.now());
    return this.reading();
  }

  private furthestFrom(seenAt: Instant): Instant {
    return plusDuration(seenAt, { days: this.settings.aheadDaysMax });
  }
}
