import type { Fact } from '#contracts';
import { notFound, type CreditNoteId, type InvoiceId, type LocalDate } from '#kernel';
import type { Posting } from '#ledger';

/** A credit note, as it was issued and what became of it. */
export interface CreditNote {
  readonly id: CreditNoteId;
  readonly invoiceId: InvoiceId;
  readonly issued: Fact<'CreditNoteIssued'>['data'];
  sequence: number | null;
  number: string | null;
  voidedOn: LocalDate | null;
  voidReason: string | null;
  /** What was booked in its name, to be reversed with it. */
  readonly postings: Posting[];
}

interface Noted {
  readonly creditNotes: ReadonlyMap<CreditNoteId, CreditNote>;
}

/** @throws DomainError `credit_note_not_found` */
export const creditNoteOf = ({ creditNotes }: Noted, id: string): CreditNote =>
  creditNotes.get(id as CreditNoteId) ?? notFound('credit_note', id);

/** Those of an invoice, in the order in which they were issued. */
export const creditNotesOn = (
  { creditNotes: ids }: { readonly creditNotes: readonly CreditNoteId[] },
  account: Noted,
): CreditNote[] => ids.map((id) => creditNoteOf(account, id));

/** Those of an invoice that were not taken back. */
export const standingOn = (invoice: { readonly creditNotes: readonly CreditNoteId[] }, account: Noted): CreditNote[] =>
  creditNotesOn(invoice, account).filter(({ voidedOn }) => voidedOn === null);
