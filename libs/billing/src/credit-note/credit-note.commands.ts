import type { CreditNoteKind } from '#contracts';
import type { CreditNoteId, Decimal, Instant, InvoiceId, LineId, Money, SeriesId } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { DocumentLine } from '../invoice/invoice-line.js';
import type { BookDay } from '../payment/payment.commands.js';

/** How much of a line is given back: all that is left, or some of its units, or an amount as the invoice shows that of the line. */
export interface LineToCredit {
  readonly lineId: LineId;
  readonly all?: boolean;
  readonly quantity?: Decimal;
  readonly amount?: Money;
}

/** What is to be given back: some lines; or an amount over all of them, as they show theirs; or, by a cancellation, the rest. */
export interface CreditNoteInput {
  readonly kind: Exclude<CreditNoteKind, 'correction'>;
  readonly lines?: readonly LineToCredit[];
  readonly amount?: Money;
  readonly reason: string;
  readonly memo?: string;
}

export type CreditNoteCommand =
  | ({
      readonly type: 'IssueCreditNote';
      readonly creditNoteId: CreditNoteId;
      readonly invoiceId: InvoiceId;
      /** What the invoice bills: its lines are no part of the state. Null of one that was a draft when they were gathered. */
      readonly billed: readonly DocumentLine[] | null;
      readonly seriesId: SeriesId;
    } & CreditNoteInput &
      BookDay)
  | {
      readonly type: 'NumberCreditNote';
      readonly creditNoteId: CreditNoteId;
      readonly seriesId: SeriesId;
      readonly sequence: number;
      readonly number: string;
    }
  | ({
      readonly type: 'VoidCreditNote';
      readonly creditNoteId: CreditNoteId;
      readonly reason?: string;
      readonly catalog: Catalog;
      readonly now: Instant;
    } & BookDay);
