import { Clock, parseInstant, plusDuration, type Instant } from '#kernel';

/** Stands still until somebody moves it. */
export class FixedClock extends Clock {
  constructor(private instant: Instant = parseInstant('2026-01-01T00:00:00Z')) {
    super();
  }

  override now(): Instant {
    return this.instant;
  }

  set(instant: Instant): void {
    this.instant = instant;
  }

  advance(duration: Parameters<typeof plusDuration>[1]): void {
    this.instant = plusDuration(this.instant, duration);
  }
}
