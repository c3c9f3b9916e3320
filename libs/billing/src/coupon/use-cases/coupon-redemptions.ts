import type { RedemptionFact } from '#contracts';
import { Clock, EventLog } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import { redemptionDecider, type RedemptionCommand, type Redemptions } from '../redemption.decider.js';

@Injectable()
export class CouponRedemptions extends DecidedStreams<Redemptions, RedemptionCommand, RedemptionFact> {
  constructor(log: EventLog, clock: Clock) {
    super(redemptionDecider, log, clock);
  }
}
