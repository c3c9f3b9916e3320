import { LateBillings } from '#billing/invoice';
import { lateAccounts, type LateAccount } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { AccountLooks } from './account-looks.js';
import { Looking } from './looking.js';

const LOOK_MILLISECONDS = 30_000;
const ACCOUNTS_AT_A_TIME = 500;

/** What tells who has late readings. */
const READ = ['agenda', 'tenants', 'usage'];

/** Schedules a billing for readings that came after everything was billed. Looks rarely: such a billing waits for a day anyway. */
@Injectable()
export class LateBillingReactor {
  private readonly looks = new AccountLooks<LateAccount>(ACCOUNTS_AT_A_TIME, ({ revision }) => revision);

  constructor(
    private readonly lateBillings: LateBillings,
    private readonly looking: Looking,
    private readonly pools: Pools,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.look(signal), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'Looking for late usage was interrupted; it is tried again.',
    });
  }

  private async look(signal: AbortSignal): Promise<void> {
    // Read models that are not up to date (new, rebuilt or behind) take for late what was billed long ago.
    await this.looking.upToDate(READ, signal);
    const pool = this.pools.projector;
    await this.looks.look(
      (page) => lateAccounts(pool, page),
      async (tenantId, accountIds) => {
        await this.lateBillings.schedule(tenantId, accountIds);
        return [];
      },
      signal,
    );
  }
}
