import type { AccountFact } from '#contracts';
import { Clock, EventLog } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { AccountCommand } from '../account.decider.js';
import { accountDecider } from '../account.decider.js';
import type { Account } from '../account.state.js';

/** The accounts of all tenants, each a stream of its own. */
@Injectable()
export class Accounts extends DecidedStreams<Account, AccountCommand, AccountFact> {
  constructor(log: EventLog, clock: Clock) {
    super(accountDecider, log, clock);
  }
}
