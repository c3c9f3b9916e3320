import type { CreditNoteFact, Fact, Stored, InvoiceFact, PaymentFact } from '#contracts';
import { projection, table, type Changes, type Row, type RowChanges } from '#projection';

/** Invoices as they are told to people; amounts in minor units. */
export const invoices = table({
  name: 'invoices',
  columns: {
    tenant_id: 'text',
    invoice_id: 'text',
    account_id: 'text',
    run_id: 'text?',
    number: 'text?',
    status: 'text',
    currency: 'text',
    period_start: 'timestamptz',
    period_end: 'timestamptz',
    bill_through: 'timestamptz',
    draft_revision: 'integer',
    issue_date: 'date?',
    due_on: 'date?',
    overdue: 'boolean',
    subtotal: 'numeric?',
    tax: 'numeric?',
    total: 'numeric?',
    taxes: 'json?',
    taxation: 'json?',
    tax_status: 'text?',
    tax_failure: 'text?',
    seller: 'json?',
    time_zone: 'text?',
    bill_to: 'jsonb?',
    lines_digest: 'text?',
    created_at: 'timestamptz',
    created_position: 'bigint',
  },
  key: ['tenant_id', 'invoice_id'],
  indexes: [
    'tenant_id, created_position DESC',
    'tenant_id, account_id, created_position DESC',
    'tenant_id, run_id',
    'tenant_id, number',
    'tenant_id, due_on',
  ],
});

/** Lines in the chunks that are stored, by draft revision: those of the invoice's own revision are its lines. */
export const invoiceLines = table({
  name: 'invoice_lines',
  columns: {
    tenant_id: 'text',
    invoice_id: 'text',
    draft_revision: 'integer',
    chunk: 'integer',
    lines: 'json',
  },
  key: ['tenant_id', 'invoice_id', 'draft_revision', 'chunk'],
});

/** What lessens what is due, each with its sign: payments, their reversals and refunds, credit, wallets. */
export const invoiceSettlements = table({
  name: 'invoice_settlements',
  columns: {
    tenant_id: 'text',
    invoice_id: 'text',
    revision: 'bigint',
    kind: 'text',
    amount: 'numeric',
  },
  key: ['tenant_id', 'invoice_id', 'revision', 'kind'],
});

/** Credit notes of an invoice, as it names them; what they say stands in a read model of its own. */
export const invoiceCreditNotes = table({
  name: 'invoice_credit_notes',
  columns: {
    tenant_id: 'text',
    invoice_id: 'text',
    credit_note_id: 'text',
    number: 'text?',
    kind: 'text',
    status: 'text',
    total: 'numeric',
    position: 'bigint',
  },
  key: ['tenant_id', 'invoice_id', 'credit_note_id'],
});

type Settling = PaymentFact | Fact<'WalletApplied'>;

const settlement = (
  event: Stored<InvoiceFact | Settling>,
  invoiceId: string,
  kind: 'payment' | 'credit' | 'wallet',
  minor: bigint,
): Row<typeof invoiceSettlements> => ({
  tenant_id: event.metadata.tenantId!,
  invoice_id: invoiceId,
  revision: BigInt(event.revision),
  kind,
  amount: String(minor),
});

const change = (
  { metadata }: Stored<InvoiceFact>,
  rows: RowChanges,
  invoiceId: string,
  changes: Changes<typeof invoices>,
): void => rows.patch(invoices, { tenant_id: metadata.tenantId!, invoice_id: invoiceId }, changes);

const noteChanged = (
  { metadata, fact: { data } }: Stored<CreditNoteFact>,
  rows: RowChanges,
  changes: Changes<typeof invoiceCreditNotes>,
): void => {
  const { invoiceId, creditNoteId } = data;
  rows.patch(
    invoiceCreditNotes,
    { tenant_id: metadata.tenantId!, invoice_id: invoiceId, credit_note_id: creditNoteId },
    changes,
  );
};

const NOT_PENDING = { tax_status: null, tax_failure: null };

export const invoicesProjection = projection<InvoiceFact | CreditNoteFact | Settling>({
  name: 'invoices',
  version: 9,
  tables: [invoices, invoiceLines, invoiceSettlements, invoiceCreditNotes],
  on: {
    InvoiceDrafted: (event, rows) => {
      const { data } = event.fact;
      const draft = {
        period_start: data.period.start,
        period_end: data.period.end,
        bill_through: data.billThrough,
        draft_revision: data.draftRevision,
        ...NOT_PENDING,
      };
      // A draft that is rated again by its timer stays the draft of the run that made it.
      const run = data.runId === undefined ? {} : { run_id: data.runId };
      if (data.draftRevision > 1) return change(event, rows, data.invoiceId, { ...draft, ...run });
      rows.put(invoices, {
        tenant_id: event.metadata.tenantId!,
        invoice_id: data.invoiceId,
        account_id: event.metadata.accountId!,
        number: null,
        status: 'draft',
        currency: data.currency,
        run_id: null,
        ...draft,
        ...run,
        issue_date: null,
        due_on: null,
        overdue: false,
        subtotal: null,
        tax: null,
        total: null,
        taxes: null,
        taxation: null,
        seller: null,
        time_zone: null,
        bill_to: null,
        lines_digest: null,
        created_at: event.metadata.recordedAt,
        created_position: event.position,
      });
    },
    InvoiceLinesAdded: ({ fact: { data }, metadata }, rows) =>
      rows.append(invoiceLines, {
        tenant_id: metadata.tenantId!,
        invoice_id: data.invoiceId,
        draft_revision: data.draftRevision,
        chunk: data.chunk,
        lines: [...data.lines, ...(data.items ?? []), ...(data.topUp === undefined ? [] : [data.topUp])],
      }),
    InvoiceTaxPending: (event, rows) => {
      const { invoiceId, failure } = event.fact.data;
      change(event, rows, invoiceId, { tax_status: 'pending', tax_failure: failure ?? null });
    },
    InvoiceFinalized: (event, rows) => {
      const { invoiceId, totals, taxes, taxation, issueDate, dueOn } = event.fact.data;
      const { seller, timeZone, personal, linesDigest } = event.fact.data;
      change(event, rows, invoiceId, {
        status: 'open',
        issue_date: issueDate,
        due_on: dueOn,
        subtotal: String(totals.subtotal.minor),
        tax: String(totals.tax.minor),
        total: String(totals.total.minor),
        taxes: taxes.length === 0 ? null : taxes,
        taxation: taxation ?? null,
        ...NOT_PENDING,
        seller: seller ?? null,
        time_zone: timeZone ?? null,
        bill_to: personal,
        lines_digest: linesDigest,
      });
    },
    InvoiceNumbered: (event, rows) =>
      change(event, rows, event.fact.data.invoiceId, { number: event.fact.data.number }),
    InvoicePaid: (event, rows) => change(event, rows, event.fact.data.invoiceId, { status: 'paid', overdue: false }),
    InvoiceReopened: (event, rows) => change(event, rows, event.fact.data.invoiceId, { status: 'open' }),
    InvoiceOverdue: (event, rows) => change(event, rows, event.fact.data.invoiceId, { overdue: true }),
    InvoiceVoided: (event, rows) =>
      change(event, rows, event.fact.data.invoiceId, { status: 'void', overdue: false, ...NOT_PENDING }),
    InvoiceMarkedUncollectible: (event, rows) =>
      change(event, rows, event.fact.data.invoiceId, { status: 'uncollectible', overdue: false }),
    CreditNoteIssued: ({ fact: { data }, metadata, position }, rows) =>
      rows.put(invoiceCreditNotes, {
        tenant_id: metadata.tenantId!,
        invoice_id: data.invoiceId,
        credit_note_id: data.creditNoteId,
        number: null,
        kind: data.kind,
        status: 'issued',
        total: String(data.totals.total.minor),
        position,
      }),
    CreditNoteNumbered: (event, rows) => noteChanged(event, rows, { number: event.fact.data.number }),
    CreditNoteVoided: (event, rows) => noteChanged(event, rows, { status: 'void' }),
    PaymentAllocated: (event, rows) => {
      const { invoiceId, amount } = event.fact.data;
      rows.append(invoiceSettlements, settlement(event, invoiceId, 'payment', amount.minor));
    },
    PaymentReversed: (event, rows) => {
      for (const { invoiceId, amount } of event.fact.data.allocations) {
        rows.append(invoiceSettlements, settlement(event, invoiceId, 'payment', -amount.minor));
        rows.patch(invoices, { tenant_id: event.metadata.tenantId!, invoice_id: invoiceId }, { status: 'open' });
      }
    },
    CustomerCreditApplied: (event, rows) => {
      const { invoiceId, amount } = event.fact.data;
      rows.append(invoiceSettlements, settlement(event, invoiceId, 'credit', amount.minor));
    },
    CustomerCreditUnapplied: (event, rows) => {
      const { invoiceId, amount } = event.fact.data;
      rows.append(invoiceSettlements, settlement(event, invoiceId, 'credit', -amount.minor));
    },
    WalletApplied: (event, rows) => {
      const { invoiceId, amount } = event.fact.data;
      rows.append(invoiceSettlements, settlement(event, invoiceId, 'wallet', amount.minor));
    },
    RefundIssued: (event, rows) => {
      for (const { invoiceId, amount } of event.fact.data.allocations)
        rows.append(invoiceSettlements, settlement(event, invoiceId, 'payment', -amount.minor));
    },
  },
});
