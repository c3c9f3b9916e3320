import type { InvoiceDocument } from '#billing/invoice';
import type { Party } from '#contracts';

/** What every form of an invoice is made of. */
export interface DocumentSource {
  readonly document: InvoiceDocument;
  /** What of each line is tax, in minor units. */
  readonly taxPerLine: readonly bigint[];
  readonly seller: Party;
  readonly buyer: Party;
  /** Its days are those of the period. */
  readonly timeZone: string;
}
