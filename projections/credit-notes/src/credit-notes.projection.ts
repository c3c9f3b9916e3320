import type { CreditNoteFact, Stored } from '#contracts';
import { projection, table, type Changes, type RowChanges } from '#projection';

/** Credit notes as they are told to people; amounts in minor units. */
export const creditNotes = table({
  name: 'credit_notes',
  columns: {
    tenant_id: 'text',
    credit_note_id: 'text',
    account_id: 'text',
    invoice_id: 'text',
    number: 'text?',
    status: 'text',
    kind: 'text',
    corrects: 'json',
    reason: 'text',
    memo: 'text?',
    currency: 'text',
    issue_date: 'date',
    voided_on: 'date?',
    void_reason: 'text?',
    subtotal: 'numeric',
    tax: 'numeric',
    total: 'numeric',
    applied_to_invoice: 'numeric',
    written_off: 'numeric',
    credited: 'numeric',
    taxes: 'json',
    bill_to: 'jsonb',
    recorded_at: 'timestamptz',
    position: 'bigint',
  },
  key: ['tenant_id', 'credit_note_id'],
  indexes: [
    'tenant_id, position DESC',
    'tenant_id, account_id, position DESC',
    'tenant_id, invoice_id',
    'tenant_id, issue_date',
    'tenant_id, number',
  ],
});

/** Read with one note alone: a page of them would be large. */
export const creditNoteLines = table({
  name: 'credit_note_lines',
  columns: { tenant_id: 'text', credit_note_id: 'text', lines: 'json' },
  key: ['tenant_id', 'credit_note_id'],
});

const change = (
  { metadata, fact: { data } }: Stored<CreditNoteFact>,
  rows: RowChanges,
  changes: Changes<typeof creditNotes>,
): void => rows.patch(creditNotes, { tenant_id: metadata.tenantId!, credit_note_id: data.creditNoteId }, changes);

export const creditNotesProjection = projection<CreditNoteFact>({
  name: 'credit-notes',
  version: 2,
  tables: [creditNotes, creditNoteLines],
  on: {
    CreditNoteIssued: ({ fact: { data }, metadata, position }, rows) => {
      const { totals, settlement } = data;
      rows.put(creditNotes, {
        tenant_id: metadata.tenantId!,
        credit_note_id: data.creditNoteId,
        account_id: metadata.accountId!,
        invoice_id: data.invoiceId,
        number: null,
        status: 'issued',
        kind: data.kind,
        corrects: data.corrects ?? [data.invoiceId],
        reason: data.reason,
        memo: data.memo ?? null,
        currency: totals.total.currency,
        issue_date: data.issueDate,
        voided_on: null,
        void_reason: null,
        subtotal: String(totals.subtotal.minor),
        tax: String(totals.tax.minor),
        total: String(totals.total.minor),
        applied_to_invoice: String(settlement.invoice.minor),
        written_off: String(settlement.writtenOff.minor),
        credited: String(settlement.credit.minor),
        taxes: data.taxes,
        bill_to: data.personal,
        recorded_at: metadata.recordedAt,
        position,
      });
      rows.put(creditNoteLines, {
        tenant_id: metadata.tenantId!,
        credit_note_id: data.creditNoteId,
        lines: data.lines,
      });
    },
    CreditNoteNumbered: (event, rows) => change(event, rows, { number: event.fact.data.number }),
    CreditNoteVoided: (event, rows) => {
      const { bookedOn, reason = null } = event.fact.data;
      change(event, rows, { status: 'void', voided_on: bookedOn, void_reason: reason });
    },
  },
});
