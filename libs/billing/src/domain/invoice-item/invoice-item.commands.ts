import type { InvoiceId, InvoiceItemId, Instant, Money } from '#kernel';
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
      readonly metadata: Readonly<Record<string, string>>;
      /** Without, it waits for the next invoice. */
      readonly own?: OwnInvoice;
      readonly now: Instant;
    }
  | { readonly type: 'RemoveInvoiceItem'; readonly itemId: InvoiceItemId };

/** A price for each, or an amount for the whole. */
export type ItemPrice = { readonly quantity: string; readonly unitAmount: string } | { readonly amount: Money };
