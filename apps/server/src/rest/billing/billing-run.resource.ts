import type { BillingRunRecord, RunFailure } from '#projections/billing-runs';
import type { BillingPreview, StartedRun } from '#billing';
import { sum } from '#kernel';
import { moneyResource, type MoneyDto } from '../http/money.dto.js';
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

export class BillingRunResource {
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
  failures!: RunFailureResource[];
  /** Of a dry run: the invoices that the run would make. Their ids are not kept. */
  preview?: InvoiceResource[];
}

/** While a run goes on, its counts are those of what it has made so far. */
export const billingRunResource = (
  { runId, status, billThrough, startedAt, completedAt, result }: BillingRunRecord,
  failures: readonly RunFailure[],
  soFar?: {
    readonly accounts: number;
    readonly invoices: number;
    readonly totals: NonNullable<BillingRunRecord['result']>['totals'];
  },
): BillingRunResource => {
  const billed = result?.accounts.billed ?? soFar?.accounts ?? 0;
  const failed = result?.accounts.failed ?? failures.length;
  return {
    id: runId,
    status,
    billThrough,
    startedAt,
    completedAt,
    accounts: { due: result?.accounts.due ?? billed + failed, billed, failed },
    invoices: result?.invoices ?? soFar?.invoices ?? 0,
    totals: (result?.totals ?? soFar?.totals ?? []).map(moneyResource),
    failures: failures.map((failure) => ({ ...failure })),
  };
};

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
