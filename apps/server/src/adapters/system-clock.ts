import { Clock, parseInstant, type Instant } from '#kernel';
import { Injectable } from '@nestjs/common';

@Injectable()
export class SystemClock extends Clock {
  now(): Instant {
    return parseInstant(new Date().toISOString());
  }
}
