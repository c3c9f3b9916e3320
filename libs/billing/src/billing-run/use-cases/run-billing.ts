import { billingRunStream } from '#contracts';
import { derivedUuid, EventLog, sum, type AccountId } from '#kernel';
import { subcommand, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { BillingRuns } from './billing-runs.js';
import { BillAccounts, type Gathered } from '../../invoice/use-cases/bill-accounts.js';
import type { BillingOrder, BillingResult } from '../../invoice/use-cases/billing-order.js';
import { AccountDirectory } from '../../account/ports/account-directory.js';
import { ReadModels } from '../ports/read-models.js';
import { RunPages, type ClaimedPage, type PageResult, type RunningRun } from '../ports/run-pages.js';

const READ_MODEL_PATIENCE_MILLISECONDS = 60_000;

/** What a run waits for. */
export interface RunSteps {
  /** Its turn among other runs, for a page of accounts. */
  readonly page: <Result>(bill: () => Promise<Result>) => Promise<Result>;
  /** That everything that follows from its invoices has happened. */
  readonly settled: () => Promise<void>;
}

/** A page with all that is to be known before its accounts are billed. */
interface Work {
  readonly page: ClaimedPage;
  readonly orders: readonly BillingOrder[];
  readonly gathered: Gathered;
}

/**
 * Carries a run out, together with whatever other workers do so, from its beginning or from wherever an earlier attempt was interrupted:
 * each account's command has the same identity in every attempt.
 */
@Injectable()
export class RunBilling {
  constructor(
    private readonly runs: BillingRuns,
    private readonly billing: BillAccounts,
    private readonly directory: AccountDirectory,
    private readonly readModels: ReadModels,
    private readonly pages: RunPages,
    private readonly log: EventLog,
  ) {}

  async run(run: RunningRun, signal: AbortSignal, steps: RunSteps): Promise<void> {
    // A worker that comes late must not make a list of its own.
    if (await this.isOver(run)) return;
    await this.readModels.waitFor(['usage', 'agenda'], run.position, READ_MODEL_PATIENCE_MILLISECONDS);
    await this.pages.list(run);
    do await this.billPages(run, signal, steps);
    while (!(await this.pages.allDone(run, signal)));
    await this.complete(run, steps.settled);
  }

  private isOver({ tenantId, runId }: RunningRun): Promise<boolean> {
    return this.runs.view(billingRunStream(tenantId, runId), ({ completed }) => completed !== null, 0);
  }

  /** While a page appends, the next one is claimed and gathered: whatever becomes of the one, the other is seen to its end. */
  private async billPages(run: RunningRun, signal: AbortSignal, steps: RunSteps): Promise<void> {
    let work = await this.next(run);
    while (work) {
      const [carriedOut, next] = await Promise.allSettled([
        this.carryOut(run, work, signal, steps),
        signal.aborted ? undefined : this.next(run),
      ]);
      if (carriedOut.status === 'rejected') {
        if (next.status === 'fulfilled') await next.value?.page.giveBack();
        throw carriedOut.reason;
      }
      if (next.status === 'rejected') throw next.reason;
      work = next.value;
    }
  }

  private async carryOut(run: RunningRun, work: Work, signal: AbortSignal, steps: RunSteps): Promise<void> {
    try {
      signal.throwIfAborted();
      await work.page.done(await this.bill(run, work, steps));
    } catch (error) {
      await givenBack(work.page, error);
    }
  }

  private async next(run: RunningRun): Promise<Work | undefined> {
    const page = await this.pages.claim(run);
    if (!page) return undefined;
    const orders = page.accounts.map((accountId) => orderOf(run, accountId));
    try {
      return { page, orders, gathered: await this.billing.gather(run.tenantId, orders, run.position) };
    } catch (error) {
      return givenBack(page, error);
    }
  }

  /** One invoice for each account, and further ones for those with more than goes on one: between them, other runs have their turn. */
  private async bill(run: RunningRun, { orders, gathered }: Work, steps: RunSteps): Promise<PageResult> {
    const all: BillingResult[] = [];
    let open: readonly BillingOrder[] = orders;
    let facts: Gathered | undefined = gathered;
    let { position } = run;
    for (let part = 2; open.length > 0; part++) {
      const results = await steps.page(() => this.billing.bill(run.tenantId, open, position, facts));
      await this.report(run, results);
      all.push(...results);
      facts = undefined;
      position = results.reduce((last, result) => (result.position > last ? result.position : last), position);
      const going = new Set(results.filter(({ goesOn }) => goesOn === true).map(({ accountId }) => accountId));
      open = orders
        .filter(({ accountId }) => going.has(accountId))
        .map((order) => ({ ...order, envelope: subcommand(order.envelope, 'rest', part) }));
    }
    return resultOf(all);
  }

  private async report(run: RunningRun, results: readonly BillingResult[]): Promise<void> {
    for (const { accountId, failure } of results) {
      if (!failure) continue;
      await this.runs.execute(
        billingRunStream(run.tenantId, run.runId),
        envelopeOf(run, 'failure', accountId),
        { type: 'ReportAccountFailure', accountId, code: failure.code, detail: failure.detail },
        () => null,
      );
    }
  }

  /** Counts what the log has of this run, so that an interrupted run reports the whole. */
  private async complete(run: RunningRun, settled: () => Promise<void>): Promise<void> {
    const { tenantId, runId } = run;
    await this.readModels.waitFor(['invoices'], await this.log.head(), READ_MODEL_PATIENCE_MILLISECONDS);
    await settled();
    const { accounts: billed, invoices, totals } = await this.directory.runTotals(tenantId, runId);
    const stream = billingRunStream(tenantId, runId);
    const failed = await this.runs.view(stream, ({ failures }) => failures.size, 0);
    const accounts = { due: billed + failed, billed, failed };
    await this.runs.execute(
      stream,
      envelopeOf(run, 'complete', ''),
      { type: 'CompleteBillingRun', accounts, invoices, totals },
      () => null,
    );
  }
}

/** What interrupted it is told all the same. */
const givenBack = async (page: ClaimedPage, error: unknown): Promise<never> => {
  await page.giveBack();
  throw error;
};

const resultOf = (results: readonly BillingResult[]): PageResult => {
  const made = results.filter(({ invoice }) => invoice !== null);
  const issued = made.map(({ invoice }) => invoice!).filter(({ issued }) => issued);
  const byCurrency = Map.groupBy(issued, ({ total }) => total.currency);
  return {
    billed: new Set(made.map(({ accountId }) => accountId)).size,
    invoices: new Set(made.map(({ invoice }) => invoice!.invoiceId)).size,
    totals: [...byCurrency].map(([currency, own]) =>
      sum(
        own.map(({ total }) => total),
        currency,
      ),
    ),
  };
};

const orderOf = (run: RunningRun, accountId: AccountId): BillingOrder => {
  const { runId, billThrough } = run;
  return { envelope: envelopeOf(run, 'bill', accountId), accountId, billThrough, cause: runId, runId };
};

const envelopeOf = ({ tenantId, runId }: RunningRun, step: string, subject: string): Envelope => ({
  tenantId,
  commandId: derivedUuid('billing-run', runId, step, subject),
  requestHash: derivedUuid(runId, step, subject),
  actor: { type: 'reactor', id: 'run-billing' },
  correlationId: runId,
});
