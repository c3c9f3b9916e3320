import { LateBillings } from '#billing/invoice';
import { lateAccounts, type LateAccount } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { Looking } from './looking.js';

const LOOK_MILLISECONDS = 30_000;
const ACCOUNTS_AT_A_TIME = 500;
const REMEMBERED_MAX = 100_000;

/** What tells who has late readings. */
const READ = ['agenda', 'tenants', 'usage'];

/** Schedules a billing for readings that came after everything was billed. Looks rarely: such a billing waits for a day anyway. */
@Injectable()
export class LateBillingReactor {
  /** By account, the revision of its usage that was looked at: nothing came since. */
  private readonly looked = new LRUCache<string, number>({ max: REMEMBERED_MAX });

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
    let page: LateAccount[] = [];
    do {
      page = await lateAccounts(this.pools.projector, { after: page.at(-1) ?? null, limit: ACCOUNTS_AT_A_TIME });
      const unseen = page.filter(({ accountId, revision }) => this.looked.get(accountId) !== revision);
      for (const [tenantId, own] of Map.groupBy(unseen, (one) => one.tenantId)) {
        await this.lateBillings.schedule(
          tenantId,
          own.map(({ accountId }) => accountId),
        );
      }
      for (const { accountId, revision } of unseen) this.looked.set(accountId, revision);
    } while (page.length === ACCOUNTS_AT_A_TIME && !signal.aborted);
  }
}
