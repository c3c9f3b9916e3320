import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunPages, type ClaimedPage, type PageResult, type RunningRun } from '#billing/billing-run';
import { toJson, type AccountId } from '#kernel';
import { isOutage } from '#postgres';
import { listDueAccounts } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { Pools } from '../core/pools.js';

/** Accounts whose usage is gathered with one set of statements: then other runs have their turn. */
const PAGE_ACCOUNTS = 250;
/** A worker that says nothing for so long has lost its page. */
const CLAIM_SECONDS = 5;
const RENEWAL_MILLISECONDS = 1_500;
const LOOK_MILLISECONDS = 200;

/** Who is due in billing runs, and which pages of that are whose. */
@Injectable()
export class BillingRunPages extends RunPages {
  constructor(
    private readonly pools: Pools,
    private readonly pino: PinoLogger,
  ) {
    super();
  }

  override list(run: RunningRun): Promise<void> {
    return listDueAccounts(this.pools.projector, run, PAGE_ACCOUNTS);
  }

  /** Several workers that look at once pass over what the others lock. */
  override async claim({ runId }: RunningRun): Promise<ClaimedPage | undefined> {
    const claim = randomUUID();
    const { rows } = await this.pools.projector.query<{ page: number; accounts: AccountId[] }>(
      `UPDATE ops.billing_run_pages SET claim = $2, claimed_until = now() + make_interval(secs => $3)
        WHERE (run_id, page) = (
          SELECT run_id, page FROM ops.billing_run_pages
           WHERE run_id = $1 AND done_at IS NULL AND (claimed_until IS NULL OR claimed_until < now())
           ORDER BY page LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING page, accounts`,
      [runId, claim, CLAIM_SECONDS],
    );
    const [claimed] = rows;
    return claimed && this.held(claimed.accounts, { runId, page: claimed.page, claim });
  }

  override async allDone({ runId }: RunningRun, signal: AbortSignal): Promise<boolean> {
    for (; ; await sleep(LOOK_MILLISECONDS, undefined, { signal })) {
      const { rows } = await this.pools.projector.query<{ free: boolean | null }>(
        `SELECT bool_or(claimed_until IS NULL OR claimed_until < now()) AS free
           FROM ops.billing_run_pages WHERE run_id = $1 AND done_at IS NULL`,
        [runId],
      );
      const { free } = rows[0]!;
      if (free !== false) return free === null;
    }
  }

  private held(accounts: readonly AccountId[], claim: Claim): ClaimedPage {
    const ended = new AbortController();
    void this.renew(claim, ended.signal);
    return {
      accounts,
      done: async (result) => {
        ended.abort();
        await this.done(claim, result);
      },
      giveBack: async () => {
        ended.abort();
        await this.set(claim, 'claim = NULL, claimed_until = NULL').catch(this.failed('given back'));
      },
    };
  }

  private async renew(claim: Claim, signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(RENEWAL_MILLISECONDS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.set(claim, `claimed_until = now() + make_interval(secs => $4)`, [CLAIM_SECONDS]).catch(
        this.failed('held'),
      );
    }
  }

  /** Another worker may take it over a little later, or while it is billed, and finds what is billed. */
  private failed(what: string): (error: unknown) => void {
    return (error) => {
      if (!isOutage(error)) this.pino.logger.error({ err: error }, `A page of a billing run could not be ${what}.`);
    };
  }

  private done(claim: Claim, { billed, invoices, totals }: PageResult): Promise<void> {
    return this.set(claim, 'billed = $4, invoices = $5, totals = $6, done_at = now()', [
      billed,
      invoices,
      JSON.stringify(toJson(totals)),
    ]);
  }

  /** Changes nothing once the page is somebody else's. */
  private async set({ runId, page, claim }: Claim, change: string, values: readonly unknown[] = []): Promise<void> {
    await this.pools.projector.query(
      `UPDATE ops.billing_run_pages SET ${change} WHERE run_id = $1 AND page = $2 AND claim = $3 AND done_at IS NULL`,
      [runId, page, claim, ...values],
    );
  }
}

interface Claim {
  readonly runId: string;
  readonly page: number;
  readonly claim: string;
}
