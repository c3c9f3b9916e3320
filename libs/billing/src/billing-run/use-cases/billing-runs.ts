import type { BillingRunFact } from '#contracts';
import { Clock, EventLog } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import { billingRunDecider, type BillingRun, type BillingRunCommand } from '../billing-run.decider.js';

@Injectable()
export class BillingRuns extends DecidedStreams<BillingRun, BillingRunCommand, BillingRunFact> {
  constructor(log: EventLog, clock: Clock) {
    super(billingRunDecider, log, clock);
  }
}
