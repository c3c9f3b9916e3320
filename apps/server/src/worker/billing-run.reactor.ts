import { setTimeout as sleep } from 'node:timers/promises';
import { RunBilling, type RunningRun } from '#billing';
import { EventLogUnavailable, type AccountId, type BillingRunId, type Instant, type TenantId } from '#kernel';
import { isOutage } from '#postgres';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { inSpan } from '../telemetry/spans.js';
import { Turns } from './turns.js';

const LOOK_MILLISECONDS = 200;
const RETRY_MILLISECONDS = 2_000;
const PAGES_AT_A_TIME = 4;
const NUMBERS_PATIENCE_MILLISECONDS = 120_000;

interface RunRow {
  readonly tenant_id: TenantId;
  readonly run_id: BillingRunId;
  readonly bill_through: Instant;
  readonly accounts: readonly AccountId[] | null;
  readonly position: bigint;
}

/** Carries out billing runs: those that are asked for, and those that a crash left half done. */
@Injectable()
export class BillingRunReactor {
  private readonly inProgress = new Map<BillingRunId, Promise<void>>();
  private readonly turns = new Turns(PAGES_AT_A_TIME);

  constructor(
    private readonly billing: RunBilling,
    private readonly pools: Pools,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const run of await this.waiting()) {
          if (this.inProgress.has(run.runId)) continue;
          const work = this.carryOut(run, signal, logger).finally(() => this.inProgress.delete(run.runId));
          this.inProgress.set(run.runId, work);
        }
      } catch (error) {
        if (!isOutage(error)) logger.error({ err: error }, 'Billing runs could not be looked for.');
      }
      await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
    await Promise.all(this.inProgress.values());
  }

  private async waiting(): Promise<RunningRun[]> {
    const { rows } = await this.pools.projector.query<RunRow>(
      `SELECT r.tenant_id, r.run_id, r.bill_through, r.accounts, r.position
         FROM read.billing_runs AS r JOIN read.tenants AS n USING (tenant_id)
        WHERE r.status = 'running' AND NOT n.suspended ORDER BY r.position`,
    );
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      runId: row.run_id,
      billThrough: row.bill_through,
      accounts: row.accounts,
      position: row.position,
    }));
  }

  private async carryOut(run: RunningRun, signal: AbortSignal, logger: Logger): Promise<void> {
    while (!signal.aborted) {
      try {
        await inSpan('run billing', { attributes: { 'recount.billing_run_id': run.runId } }, () =>
          this.billing.run(run, signal, {
            page: (bill) => this.turns.take(run.tenantId, bill),
            settled: () => this.numbered(run, signal),
          }),
        );
        return;
      } catch (error) {
        if (signal.aborted) return;
        const known = isOutage(error) || error instanceof EventLogUnavailable;
        logger[known ? 'warn' : 'error'](
          { runId: run.runId, err: error },
          'A billing run was interrupted; it goes on.',
        );
        await sleep(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** Every invoice that the run issued has its number. */
  private async numbered({ tenantId, runId }: RunningRun, signal: AbortSignal): Promise<void> {
    for (let waited = 0; waited < NUMBERS_PATIENCE_MILLISECONDS; waited += LOOK_MILLISECONDS) {
      const { rows } = await this.pools.projector.query<{ missing: bigint }>(
        `SELECT count(*) AS missing FROM read.invoices
          WHERE tenant_id = $1 AND run_id = $2 AND number IS NULL AND issue_date IS NOT NULL`,
        [tenantId, runId],
      );
      if (rows[0]!.missing === 0n) return;
      await sleep(LOOK_MILLISECONDS / 4, undefined, { signal });
    }
  }
}
