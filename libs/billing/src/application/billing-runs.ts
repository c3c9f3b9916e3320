import { Clock, EventLog } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import {
  billingRunDecider,
  type BillingRun,
  type BillingRunCommand,
} from '../domain/billing-run/billing-run.decider.js';
import type { BillingRunEvent } from '../domain/billing-run/billing-run.events.js';

@Injectable()
export class BillingRuns extends DecidedStreams<BillingRun, BillingRunCommand, BillingRunEvent> {
  constructor(log: EventLog, clock: Clock) {
    super(billingRunDecider, log, clock);
  }
}
