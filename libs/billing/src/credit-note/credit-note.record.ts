import type { CreditedLine, CreditNoteKind, DocumentTax, Personal } from '#contracts';
import type { AccountId, CreditNoteId, InvoiceId, LocalDate, Money } from '#kernel';
import type { CreditNote } from './credit-note.js';

export type CreditNoteStatus = 'issued' | 'void';

export interface CreditNoteRecord {
  readonly creditNoteId: CreditNoteId;
  readonly accountId: AccountId;
  readonly invoiceId: InvoiceId;
  readonly number: string | null;
  readonly status: CreditNoteStatus;
  readonly kind: CreditNoteKind;
  /** The invoice above, but of a correction those that the billing corrects. */
  readonly corrects: readonly InvoiceId[];
  readonly reason: string;
  readonly memo: string | null;
  readonly currency: string;
  readonly issueDate: LocalDate;
  readonly voidedOn: LocalDate | null;
  readonly voidReason: string | null;
  readonly subtotal: Money;
  readonly tax: Money;
  readonly total: Money;
  /** What of it settled its invoice at once, took back what was given up of that, and went to the credit of the customer. */
  readonly appliedToInvoice: Money;
  readonly writtenOff: Money;
  readonly credited: Money;
  readonly taxes: readonly DocumentTax[];
  readonly billTo: Personal;
}

/** A credit note with its lines, which most readers of credit notes do not need. */
export interface CreditNoteDocument extends CreditNoteRecord {
  readonly lines: readonly CreditedLine[];
}

export const creditNoteDocument = (note: CreditNote, accountId: AccountId): CreditNoteDocument => {
  const { kind, corrects, reason, memo = null, issueDate, totals, settlement, taxes, lines, personal } = note.issued;
  return {
    creditNoteId: note.id,
    accountId,
    invoiceId: note.invoiceId,
    number: note.number,
    status: note.voidedOn === null ? 'issued' : 'void',
    kind,
    corrects: corrects ?? [note.invoiceId],
    reason,
    memo,
    currency: totals.total.currency,
    issueDate,
    voidedOn: note.voidedOn,
    voidReason: note.voidReason,
    ...totals,
    appliedToInvoice: settlement.invoice,
    writtenOff: settlement.writtenOff,
    credited: settlement.credit,
    taxes,
    billTo: personal,
    lines,
  };
};
