import { RecognizeRevenues } from '#billing/revenue';
import { Clock, type TenantId } from '#kernel';
import { unbookedMonths, type UnbookedMonth } from '#projections/revenue';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { ClockWatch } from './clock-watch.js';
import { Looking } from './looking.js';

const LOOK_MILLISECONDS = 5_000;
/** Months are over on the same day for nearly all: nobody waits for minutes. */
const BY_THE_CLOCK_MILLISECONDS = 600_000;
const ACCOUNTS_AT_A_TIME = 250;
const REMEMBERED_MAX = 100_000;

/** What tells of which accounts a month is over and not booked. */
const READ = ['accounts', 'agenda', 'revenue', 'subscriptions', 'tenants', 'test-clocks'];

/** Books the months that are over, account by account. Accounts that live by test clocks are looked for often, all others every ten minutes. */
@Injectable()
export class RevenueReactor {
  /** By account, the month that was tried in vain: it is tried again after a while. */
  private readonly passed = new LRUCache<string, string>({ max: REMEMBERED_MAX, ttl: BY_THE_CLOCK_MILLISECONDS });
  private lookedAt = performance.now();

  constructor(
    private readonly revenues: RecognizeRevenues,
    private readonly looking: Looking,
    private readonly pools: Pools,
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.look(signal, logger), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'Booking revenue was interrupted; it is tried again.',
    });
  }

  private async look(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.bookAll(true, signal, logger);
    if (performance.now() - this.lookedAt < BY_THE_CLOCK_MILLISECONDS) return;
    // A month that is booked stays: not by a clock that nobody believes.
    if (await this.watch.isBelieved()) await this.bookAll(false, signal, logger);
    this.lookedAt = performance.now();
  }

  /** Page by page, until a look at all of them finds nothing. */
  private async bookAll(byTestClock: boolean, signal: AbortSignal, logger: Logger): Promise<void> {
    for (let found = true; found && !signal.aborted;) {
      found = false;
      for (let after: UnbookedMonth | null = null; !signal.aborted;) {
        const page = await this.pageAfter(after, byTestClock, signal);
        const open = page.filter(({ accountId, month }) => this.passed.get(accountId) !== month);
        for (const [tenantId, own] of Map.groupBy(open, (one) => one.tenantId)) await this.book(tenantId, own, logger);
        found ||= open.length > 0;
        after = page.at(-1) ?? null;
        if (page.length < ACCOUNTS_AT_A_TIME) break;
      }
    }
  }

  /** Read models that are behind show as open what was booked long ago. */
  private async pageAfter(
    after: UnbookedMonth | null,
    byTestClock: boolean,
    signal: AbortSignal,
  ): Promise<readonly UnbookedMonth[]> {
    const now = this.clock.now();
    const page = () => unbookedMonths(this.pools.projector, { now, byTestClock, after, limit: ACCOUNTS_AT_A_TIME });
    return (await this.looking.found(READ, page, signal))?.things ?? [];
  }

  private async book(tenantId: TenantId, months: readonly UnbookedMonth[], logger: Logger): Promise<void> {
    for (const { accountId, month, failure } of await this.revenues.book(tenantId, months)) {
      // Booked, it is not found again once the read models show it.
      this.passed.set(accountId, month);
      if (failure)
        logger.warn({ tenantId, accountId, month, code: failure.code }, 'A month was not booked; it is tried again.');
    }
  }
}
