import type { AccountFact } from '#contracts';
import { Clock, EventLog } from '#kernel';
import { DecidedStreams, Snapshots } from '#write-path';
import { Injectable, Optional } from '@nestjs/common';
import type { AccountCommand } from '../account.decider.js';
import { accountDecider } from '../account.decider.js';
import type { Account } from '../account.state.js';

const CACHED_BYTES_MAX = 96 * 1024 * 1024;

/** The accounts of all tenants, each a stream of its own. Long ones are kept as snapshots, where there is a place for these. */
@Injectable()
export class Accounts extends DecidedStreams<Account, AccountCommand, AccountFact> {
  constructor(log: EventLog, clock: Clock, @Optional() snapshots?: Snapshots) {
    super(accountDecider, log, clock, { cachedBytesMax: CACHED_BYTES_MAX, snapshots });
  }
}
