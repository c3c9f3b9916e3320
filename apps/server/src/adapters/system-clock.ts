import { Clock, parseInstant, type Instant } from '#kernel';
import { Injectable } from '@nestjs/common';

@Injectable()
export class SystemClock extends Clock {
  private millisecond = NaN;
  private instant!: Instant;

  /** Asked many times within a millisecond. */
  now(): Instant {
    const millisecond = Date.now();
    if (millisecond !== this.millisecond) {
      this.instant = parseInstant(new Date(millisecond).toISOString());
      this.millisecond = millisecond;
    }
    return this.instant;
  }
}
