import { setTimeout as sleep } from 'node:timers/promises';
import { RunBilling, type RunningRun } from '#billing/billing-run';
import { EventLogUnavailable, type BillingRunId } from '#kernel';
import { isOutage } from '#postgres';
import { runningRuns } from '#projections/billing-runs';
import { unnumberedOf } from '#projections/invoices';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { inSpan } from '../telemetry/spans.js';
import { Looking } from './looking.js';
import { Turns } from './turns.js';

const LOOK_MILLISECONDS = 200;
const RETRY_MILLISECONDS = 2_000;
const PAGES_AT_A_TIME = 4;
const NUMBERS_LOOK_MILLISECONDS = 50;
const NUMBERS_PATIENCE_MILLISECONDS = 120_000;

/** Carries out billing runs: those that are asked for, and those that a crash left half done. */
@Injectable()
export class BillingRunReactor {
  private readonly inProgress = new Map<BillingRunId, Promise<void>>();
  private readonly turns = new Turns(PAGES_AT_A_TIME);

  constructor(
    private readonly billing: RunBilling,
    private readonly looking: Looking,
    private readonly pools: Pools,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(() => this.startOpen(signal, logger), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      failure: 'Billing runs could not be looked for.',
    });
    await Promise.all(this.inProgress.values());
  }

  private async startOpen(signal: AbortSignal, logger: Logger): Promise<void> {
    const open = async () =>
      (await runningRuns(this.pools.projector)).filter(({ runId }) => !this.inProgress.has(runId));
    const found = await this.looking.found(['billing-runs', 'tenants'], open, signal);
    for (const run of found?.things ?? []) {
      const work = this.carryOut(run, signal, logger).finally(() => this.inProgress.delete(run.runId));
      this.inProgress.set(run.runId, work);
    }
  }

  private async carryOut(run: RunningRun, signal: AbortSignal, logger: Logger): Promise<void> {
    while (!signal.aborted) {
      try {
        await inSpan('run billing', { attributes: { 'recount.billing_run_id': run.runId } }, () =>
          this.billing.run(run, signal, {
            page: (bill) => this.turns.take(run.tenantId, bill),
            settled: () => this.numbered(run, signal, logger),
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

  /** Every invoice that the run issued has its number; for a while at most, they get it without the run. */
  private async numbered({ tenantId, runId }: RunningRun, signal: AbortSignal, logger: Logger): Promise<void> {
    const deadline = performance.now() + NUMBERS_PATIENCE_MILLISECONDS;
    for (;;) {
      const unnumbered = await unnumberedOf(this.pools.projector, tenantId, runId);
      if (unnumbered === 0) return;
      if (performance.now() >= deadline) {
        logger.warn({ runId, unnumbered }, 'A billing run is completed, though invoices of it wait for their numbers.');
        return;
      }
      await sleep(NUMBERS_LOOK_MILLISECONDS, undefined, { signal });
    }
  }
}
