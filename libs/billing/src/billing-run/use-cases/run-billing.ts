import { billingRunStream } from '#contracts';
import { derivedUuid, EventLog, type AccountId, type BillingRunId, type Instant, type TenantId } from '#kernel';
import { subcommand, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { BillingRuns } from './billing-runs.js';
import { BillAccounts, type BillingOrder, type BillingResult } from '../../invoice/use-cases/bill-accounts.js';
import { AccountDirectory } from '../../account/ports/account-directory.js';
import { ReadModels } from '../ports/read-models.js';

/** Accounts whose usage is gathered with one set of statements: then other runs have their turn. */
const PAGE_ACCOUNTS = 250;
/** Who is due is looked for once, and not for each page: to find the next page costs as much as to find all. */
const DUE_AT_ONCE = 100_000;
const READ_MODEL_PATIENCE_MILLISECONDS = 60_000;

export interface RunningRun {
  readonly tenantId: TenantId;
  readonly runId: BillingRunId;
  readonly billThrough: Instant;
  readonly accounts: readonly AccountId[] | null;
  /** Where the run was started: everything before it is billed. */
  readonly position: bigint;
}

/** What a run waits for. */
export interface RunSteps {
  /** Its turn among other runs, for a page of accounts. */
  readonly page: <Result>(bill: () => Promise<Result>) => Promise<Result>;
  /** That everything that follows from its invoices has happened. */
  readonly settled: () => Promise<void>;
}

/**
 * Carries a run out, from its beginning or from wherever an earlier attempt was interrupted: accounts that are billed
 * are not due any more, and each account's command has the same identity in every attempt.
 */
@Injectable()
export class RunBilling {
  constructor(
    private readonly runs: BillingRuns,
    private readonly billing: BillAccounts,
    private readonly directory: AccountDirectory,
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  async run(run: RunningRun, signal: AbortSignal, steps: RunSteps): Promise<void> {
    const { tenantId, billThrough, accounts, position } = run;
    await this.readModels.waitFor(['usage', 'agenda'], position, READ_MODEL_PATIENCE_MILLISECONDS);
    const only = accounts ? { only: accounts } : {};
    let after: AccountId | null = null;
    let due: readonly AccountId[];
    do {
      due = await this.directory.due(tenantId, billThrough, { after, limit: DUE_AT_ONCE, ...only });
      after = due.at(-1) ?? null;
      for (let begin = 0; begin < due.length; begin += PAGE_ACCOUNTS) {
        signal.throwIfAborted();
        await this.bill(run, due.slice(begin, begin + PAGE_ACCOUNTS), steps);
      }
    } while (due.length === DUE_AT_ONCE);
    await this.complete(run, steps.settled);
  }

  /** One invoice for each account, and further ones for those with more than goes on one: between them, other runs have their turn. */
  private async bill(run: RunningRun, page: readonly AccountId[], steps: RunSteps): Promise<void> {
    const orders = page.map((accountId) => this.orderOf(run, accountId));
    let open: readonly BillingOrder[] = orders;
    let { position } = run;
    for (let part = 2; open.length > 0; part++) {
      const results = await steps.page(() => this.billing.bill(run.tenantId, open, position));
      await this.report(run, results);
      position = results.reduce((last, result) => (result.position > last ? result.position : last), position);
      const going = new Set(results.filter(({ goesOn }) => goesOn === true).map(({ accountId }) => accountId));
      open = orders
        .filter(({ accountId }) => going.has(accountId))
        .map((order) => ({ ...order, envelope: subcommand(order.envelope, 'rest', part) }));
    }
  }

  private orderOf(run: RunningRun, accountId: AccountId): BillingOrder {
    const { runId, billThrough } = run;
    return { envelope: envelopeOf(run, 'bill', accountId), accountId, billThrough, cause: runId, runId };
  }

  private async report(run: RunningRun, results: readonly BillingResult[]): Promise<void> {
    for (const { accountId, failure } of results) {
      if (!failure) continue;
      await this.runs.execute(
        billingRunStream(run.tenantId, run.runId),
        envelopeOf(run, 'failure', accountId),
        { type: 'ReportAccountFailure', accountId, ...failure },
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
    const failed = await this.runs.view(stream, ({ failures }) => failures.size);
    const accounts = { due: billed + failed, billed, failed };
    await this.runs.execute(
      stream,
      envelopeOf(run, 'complete', ''),
      { type: 'CompleteBillingRun', accounts, invoices, totals },
      () => null,
    );
  }
}

const envelopeOf = ({ tenantId, runId }: RunningRun, step: string, subject: string): Envelope => ({
  tenantId,
  commandId: derivedUuid('billing-run', runId, step, subject),
  requestHash: derivedUuid(runId, step, subject),
  actor: { type: 'reactor', id: 'run-billing' },
  correlationId: runId,
});
