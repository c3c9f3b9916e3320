import type { BillingRunRecord, MadeSoFar, RunFailure } from '#projections/billing-runs';
import type { BillingPreview, StartedRun } from '#billing/billing-run';
import { sum } from '#kernel';
import { moneyResource, type MoneyDto } from '../../pipeline/money.dto.js';
import { invoiceResource, type InvoiceResource } from './invoice.resource.js';

export class RunAccountsResource {
  /** That had something to bill. @example 40 */
  due!: number;
  /** @example 40 */
  billed!: number;
  /** @example 0 */
  failed!: number;
}

export class RunFailureResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** @example "account_closed" */
  code!: string;
  /** @example "The account is closed." */
  detail!: string;
}

/** Lists count a run once it is over. */
export class BillingRunSummaryResource {
  /** @example "run_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  id!: string;
  /** @example "completed" */
  status!: 'running' | 'completed';
  /** @example "2026-02-01T00:00:00Z" */
  billThrough!: string;
  /** @example "2026-02-01T00:05:00Z" */
  startedAt!: string;
  /** @example "2026-02-01T00:05:02Z" */
  completedAt!: string | null;
  accounts!: RunAccountsResource;
  /** @example 40 */
  invoices!: number;
  /** One per currency. */
  totals!: MoneyDto[];
}

export class BillingRunResource extends BillingRunSummaryResource {
  failures!: RunFailureResource[];
  /** Of a dry run: the invoices that the run would make. Their ids are not kept. */
  preview?: InvoiceResource[];
}

const NOTHING: MadeSoFar = { accounts: 0, invoices: 0, totals: [] };

/** Without what it has made so far, a run that goes on counts nothing yet. */
export const billingRunSummary = (
  { runId, status, billThrough, startedAt, completedAt, result }: BillingRunRecord,
  made: MadeSoFar = NOTHING,
  failed = 0,
): BillingRunSummaryResource => ({
  id: runId,
  status,
  billThrough,
  startedAt,
  completedAt,
  accounts: { ...(result?.accounts ?? { due: made.accounts + failed, billed: made.accounts, failed }) },
  invoices: result?.invoices ?? made.invoices,
  totals: (result?.totals ?? made.totals).map(moneyResource),
});

export const billingRunResource = (
  run: BillingRunRecord,
  failures: readonly RunFailure[],
  made?: MadeSoFar,
): BillingRunResource => ({
  ...billingRunSummary(run, made, failures.length),
  failures: failures.map((failure) => ({ ...failure })),
});

/** As the run would stand once it was over. */
export const previewedRunResource = (
  { runId, billThrough, startedAt }: StartedRun,
  { invoices, failures }: BillingPreview,
): BillingRunResource => {
  const totals = [...Map.groupBy(invoices, ({ invoice }) => invoice.currency)].map(([currency, own]) =>
    sum(
      own.map(({ invoice }) => invoice.total),
      currency,
    ),
  );
  const accounts = { due: invoices.length + failures.length, billed: invoices.length, failed: failures.length };
  const result = { accounts, invoices: invoices.length, totals };
  const run = { runId, status: 'completed', billThrough, startedAt, completedAt: startedAt, result } as const;
  return { ...billingRunResource(run, failures), preview: invoices.map(invoiceResource) };
};
