import { ID_PREFIXES, refuse, type CreditNoteId, type DocumentId, type InvoiceId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { isCorrection, refuseCreditNote } from '../credit-note/correction.js';
import { creditNoteOf, creditNotesOn } from '../credit-note/credit-note.js';
import { invoiceOf } from '../invoice/invoice.js';

/** An invoice, or a credit note of it. */
export interface Sendable {
  readonly invoiceId: InvoiceId;
  readonly creditNoteId?: CreditNoteId;
}

/** What is sent stands, and has its number. @throws DomainError which of it is not so */
export const sendable = (id: DocumentId, account: Account): Sendable =>
  isCreditNoteId(id) ? sendableNote(id, account) : sendableInvoice(id, account);

export const isCreditNoteId = (id: DocumentId): id is CreditNoteId => id.startsWith(`${ID_PREFIXES.credit_note}_`);

const sendableInvoice = (invoiceId: InvoiceId, account: Account): Sendable => {
  const invoice = invoiceOf(account, invoiceId);
  const { status, number } = invoice;
  if (status === 'draft') return refuse('invoice_not_finalized', 'A draft is not issued yet.');
  if (status === 'void') return refuse('invoice_voided', 'The invoice is void.');
  if (number !== null) return { invoiceId };
  const correction = creditNotesOn(invoice, account).find(isCorrection);
  if (correction) return refuseCreditNote(correction.id);
  return refuse('invoice_not_numbered', 'The invoice has no number yet: it gets one in a moment.', 'conflict');
};

const sendableNote = (creditNoteId: CreditNoteId, account: Account): Sendable => {
  const { invoiceId, number, voidedOn } = creditNoteOf(account, creditNoteId);
  if (voidedOn !== null) return refuse('credit_note_voided', 'The credit note is void.');
  if (number !== null) return { invoiceId, creditNoteId };
  return refuse('credit_note_not_numbered', 'The credit note has no number yet: it gets one in a moment.', 'conflict');
};
