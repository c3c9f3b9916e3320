import { derivedId, type AccountId, type BillingRunId, type Instant, type SubscriptionId } from '#kernel';
import type { Envelope } from '#write-path';
import type { InvoiceCommand } from '../invoice.commands.js';
import type { Billed } from './billed-invoice.js';
import type { AccountFacts } from './billing-facts.js';
import type { Failure } from './failure.js';

/** One account to bill, and why. */
export interface BillingOrder {
  readonly envelope: Envelope;
  readonly accountId: AccountId;
  readonly billThrough: Instant;
  /** What the invoice is made for: the same cause never makes a second one. */
  readonly cause: string;
  /** The business time of the billing; now, unless a timer was due earlier. */
  readonly at?: Instant;
  readonly runId?: BillingRunId;
  readonly timer?: { readonly subscriptionId: SubscriptionId; readonly generation: number };
  readonly graceOver?: boolean;
  /** Makes an invoice also where every line is nothing, whatever the policies say. */
  readonly evenOfNothing?: boolean;
}

export interface BillingResult<Invoice = Billed> {
  readonly accountId: AccountId;
  readonly invoice: Invoice | null;
  readonly position: bigint;
  /** There is more to bill than goes on one invoice. */
  readonly goesOn?: true;
  /** Why the account could not be billed. */
  readonly failure?: Failure;
}

export type BillAccount = Extract<InvoiceCommand, { type: 'BillAccount' }>;

export const billAccount = (
  { accountId, billThrough, cause, runId, timer, graceOver, evenOfNothing }: BillingOrder,
  { usage, arrivals, billTo, tax }: AccountFacts,
  terms: Pick<
    BillAccount,
    'catalog' | 'entityId' | 'seriesId' | 'creditNoteSeriesId' | 'timeZone' | 'issueDate' | 'seller' | 'now' | 'policy'
  >,
): BillAccount => ({
  type: 'BillAccount',
  invoiceId: derivedId('inv', accountId, cause),
  billThrough,
  ...(runId === undefined ? {} : { runId }),
  ...(timer === undefined ? {} : { timer }),
  ...(graceOver === undefined ? {} : { graceOver }),
  ...(evenOfNothing === undefined ? {} : { evenOfNothing }),
  usage,
  arrivals,
  billTo,
  tax,
  ...terms,
});
