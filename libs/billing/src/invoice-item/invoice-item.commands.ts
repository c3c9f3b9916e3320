import type { TakenOffDraft } from '#contracts';
import type { InvoiceId, InvoiceItemId, Instant, LineId, Money } from '#kernel';
import type { IssueTerms } from '../invoice/invoice.commands.js';

/** The invoice to issue for an item alone. */
export interface OwnInvoice {
  readonly invoiceId: InvoiceId;
  readonly terms: IssueTerms;
}

export type InvoiceItemCommand =
  | {
      readonly type: 'AddInvoiceItem';
      readonly itemId: InvoiceItemId;
      readonly description: string;
      readonly price: ItemPrice;
      /** `standard` where nothing is said. */
      readonly taxClass?: string;
      readonly metadata: Readonly<Record<string, string>>;
      /** Without, it waits for the next invoice. */
      readonly own?: OwnInvoice;
      readonly now: Instant;
    }
  | { readonly type: 'RemoveInvoiceItem'; readonly itemId: InvoiceItemId }
  | {
      readonly type: 'AddDraftLine';
      readonly invoiceId: InvoiceId;
      readonly itemId: InvoiceItemId;
      readonly description: string;
      readonly price: ItemPrice;
      /** `standard` where nothing is said. */
      readonly taxClass?: string;
      readonly metadata: Readonly<Record<string, string>>;
      readonly reason: string;
      readonly now: Instant;
    }
  | {
      readonly type: 'ChangeDraftLine';
      readonly invoiceId: InvoiceId;
      readonly lineId: LineId;
      /** Of the line that does it. */
      readonly itemId: InvoiceItemId;
      /** What the line is to come to; nothing drops it. */
      readonly to: Money;
      readonly reason: string;
      readonly now: Instant;
    }
  | {
      readonly type: 'DiscountDraft';
      readonly invoiceId: InvoiceId;
      readonly itemId: InvoiceItemId;
      readonly name: string;
      readonly takesOff: TakenOffDraft;
      readonly reason: string;
      readonly now: Instant;
    }
  | { readonly type: 'RemoveDraftDiscount'; readonly invoiceId: InvoiceId; readonly itemId: InvoiceItemId };

/** A price for each, or an amount for the whole. */
export type ItemPrice = { readonly quantity: string; readonly unitAmount: string } | { readonly amount: Money };
