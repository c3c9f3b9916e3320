import { UsageLooks } from '#billing/wallet';
import { accountsToLookAt, type AccountToLookAt } from '#projections/wallets';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { AccountLooks } from './account-looks.js';
import { Looking } from './looking.js';

const LOOK_MILLISECONDS = 30_000;
const ACCOUNTS_AT_A_TIME = 250;

const READ = ['agenda', 'tenants', 'usage', 'wallets'];

/** Looks at what accounts have used since the last look, where a wallet is recharged by that. */
@Injectable()
export class UsageLookReactor {
  private readonly looks = new AccountLooks<AccountToLookAt>(
    ACCOUNTS_AT_A_TIME,
    ({ revision, settings }) => `${revision} ${settings}`,
  );

  constructor(
    private readonly usage: UsageLooks,
    private readonly looking: Looking,
    private readonly pools: Pools,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.look(signal), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'Looking at usage for recharges was interrupted; it is tried again.',
    });
  }

  private async look(signal: AbortSignal): Promise<void> {
    await this.looking.upToDate(READ, signal);
    const pool = this.pools.projector;
    await this.looks.look(
      (page) => accountsToLookAt(pool, page),
      (tenantId, accountIds) => this.usage.look(tenantId, accountIds),
      signal,
    );
  }
}
