import type { Stored, Fact, InvoiceFact, PaymentFact, TransferFact } from '#contracts';
import type { Money } from '#kernel';
import { projection, table, type RowChanges } from '#projection';

/** When each invoice is due. */
export const arInvoices = table({
  name: 'ar_invoices',
  columns: { tenant_id: 'text', invoice_id: 'text', account_id: 'text', currency: 'text', due_on: 'date' },
  key: ['tenant_id', 'invoice_id'],
});

/** Changes of what is owed on an invoice, in minor units: what is outstanding at any date, as known at any time, is a sum. */
export const arMovements = table({
  name: 'ar_movements',
  columns: {
    tenant_id: 'text',
    invoice_id: 'text',
    account_id: 'text',
    revision: 'bigint',
    booked_on: 'date',
    amount: 'numeric',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'invoice_id', 'revision'],
  indexes: ['tenant_id, booked_on'],
});

/** Changes of what customers have to their credit, in minor units: what no invoice has used yet is a sum. */
export const creditMovements = table({
  name: 'credit_movements',
  columns: {
    tenant_id: 'text',
    account_id: 'text',
    revision: 'bigint',
    currency: 'text',
    booked_on: 'date',
    amount: 'numeric',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'account_id', 'revision'],
  indexes: ['tenant_id, booked_on'],
});

const moved = (
  { metadata, revision, position }: Stored,
  rows: RowChanges,
  invoiceId: string,
  bookedOn: string,
  { minor }: Pick<Money, 'minor'>,
): void => {
  if (minor === 0n) return;
  rows.append(arMovements, {
    tenant_id: metadata.tenantId!,
    invoice_id: invoiceId,
    account_id: metadata.accountId!,
    revision: BigInt(revision),
    booked_on: bookedOn,
    amount: String(minor),
    recorded_at: metadata.recordedAt,
    position,
  });
};

const creditMoved = (
  { metadata, revision, position }: Stored,
  rows: RowChanges,
  { debit, credit, amount, bookedOn }: Fact<'TransferPosted'>['data'],
): void => {
  if (debit !== 'customer_credit' && credit !== 'customer_credit') return;
  rows.append(creditMovements, {
    tenant_id: metadata.tenantId!,
    account_id: metadata.accountId!,
    revision: BigInt(revision),
    currency: amount.currency,
    booked_on: bookedOn,
    amount: String(credit === 'customer_credit' ? amount.minor : -amount.minor),
    recorded_at: metadata.recordedAt,
    position,
  });
};

type Settling = PaymentFact | Fact<'WalletApplied'>;

const less = ({ minor }: Money) => ({ minor: -minor });

export const arAgingProjection = projection<InvoiceFact | Settling | TransferFact>({
  name: 'ar-aging',
  version: 3,
  tables: [arInvoices, arMovements, creditMovements],
  on: {
    InvoiceFinalized: (event, rows) => {
      const { invoiceId, totals, dueOn, issueDate } = event.fact.data;
      const { tenantId, accountId } = event.metadata;
      rows.put(arInvoices, {
        tenant_id: tenantId!,
        invoice_id: invoiceId,
        account_id: accountId!,
        currency: totals.total.currency,
        due_on: dueOn,
      });
      if (totals.total.minor > 0n) moved(event, rows, invoiceId, issueDate, totals.total);
    },
    WalletApplied: (event, rows) => {
      const { invoiceId, bookedOn, amount } = event.fact.data;
      moved(event, rows, invoiceId, bookedOn, less(amount));
    },
    CustomerCreditApplied: (event, rows) => {
      const { invoiceId, bookedOn, amount } = event.fact.data;
      moved(event, rows, invoiceId, bookedOn, less(amount));
    },
    CustomerCreditUnapplied: (event, rows) => {
      const { invoiceId, bookedOn, amount } = event.fact.data;
      moved(event, rows, invoiceId, bookedOn, amount);
    },
    RefundIssued: (event, rows) => {
      const { allocations, bookedOn } = event.fact.data;
      for (const { invoiceId, amount } of allocations) moved(event, rows, invoiceId, bookedOn, amount);
    },
    TransferPosted: (event, rows) => creditMoved(event, rows, event.fact.data),
    PendingTransferPosted: (event, rows) => creditMoved(event, rows, event.fact.data),
    PaymentAllocated: (event, rows) => {
      const { invoiceId, bookedOn, amount } = event.fact.data;
      moved(event, rows, invoiceId, bookedOn, less(amount));
    },
    PaymentReversed: (event, rows) => {
      const { allocations, bookedOn } = event.fact.data;
      for (const { invoiceId, amount } of allocations) moved(event, rows, invoiceId, bookedOn, amount);
    },
    InvoiceVoided: (event, rows) => {
      const { invoiceId, bookedOn, amountDue } = event.fact.data;
      moved(event, rows, invoiceId, bookedOn, less(amountDue));
    },
    InvoiceMarkedUncollectible: (event, rows) => {
      const { invoiceId, bookedOn, amountDue } = event.fact.data;
      moved(event, rows, invoiceId, bookedOn, less(amountDue));
    },
  },
});
