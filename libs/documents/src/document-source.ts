import type { DocumentLine, InvoiceRecord } from '#billing/invoice';
import type { Branding, Party } from '#contracts';
import type { LocalDate } from '#kernel';

/** What a document says beside its lines; of a credit note, amounts above zero are what it gives back. */
export type DocumentHead = Pick<
  InvoiceRecord,
  | 'invoiceId'
  | 'accountId'
  | 'number'
  | 'status'
  | 'currency'
  | 'period'
  | 'issueDate'
  | 'dueOn'
  | 'subtotal'
  | 'tax'
  | 'taxes'
  | 'taxation'
  | 'total'
  | 'amountPaid'
  | 'amountCredited'
  | 'amountFromWallet'
>;

/** What every form of a document is made of. */
export interface DocumentSource {
  readonly document: { readonly invoice: DocumentHead; readonly lines: readonly DocumentLine[] };
  /** What of the amount of each line is tax, in minor units, where prices have it inside. */
  readonly taxPerLine: readonly bigint[];
  /** Of a credit note. */
  readonly creditNote?: CreditNoteTerms;
  readonly seller: Party;
  readonly buyer: Party;
  /** Of whoever sells, as it is now. */
  readonly branding?: Branding;
  /** Its days are those of the period. */
  readonly timeZone: string;
}

export interface CreditNoteTerms {
  /** None where it gives back what no invoice has billed. */
  readonly corrects: readonly PrecedingDocument[];
  /** For the customer to read. */
  readonly memo: string | null;
}

/** A document that a credit note corrects. */
export interface PrecedingDocument {
  readonly number: string;
  readonly issueDate: LocalDate;
}
