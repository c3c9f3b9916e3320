import { UsageLooks } from '#billing/wallet';
import { accountsToLookAt, type AccountToLookAt } from '#projections/wallets';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { Looking } from './looking.js';

const LOOK_MILLISECONDS = 30_000;
const ACCOUNTS_AT_A_TIME = 250;
const REMEMBERED_MAX = 100_000;

const READ = ['agenda', 'tenants', 'usage', 'wallets'];

/** Looks at what accounts have used since the last look, where a wallet is recharged by that. */
@Injectable()
export class UsageLookReactor {
  /** By account, the revision of its usage that was looked at, and for what: nothing came since. */
  private readonly looked = new LRUCache<string, string>({ max: REMEMBERED_MAX });

  constructor(
    private readonly looks: UsageLooks,
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
    let page: AccountToLookAt[] = [];
    do {
      page = await accountsToLookAt(this.pools.projector, { after: page.at(-1) ?? null, limit: ACCOUNTS_AT_A_TIME });
      const unseen = page.filter((one) => this.looked.get(one.accountId) !== seen(one));
      for (const [tenantId, own] of Map.groupBy(unseen, (one) => one.tenantId)) {
        await this.looks.look(
          tenantId,
          own.map(({ accountId }) => accountId),
        );
      }
      for (const one of unseen) this.looked.set(one.accountId, seen(one));
    } while (page.length === ACCOUNTS_AT_A_TIME && !signal.aborted);
  }
}

const seen = ({ revision, settings }: AccountToLookAt): string => `${revision} ${settings}`;
