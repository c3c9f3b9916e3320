import type { Event, Instant, InvoiceId, InvoiceItemId, LineId, Money } from '#kernel';

/** Which draft somebody added it to, and why. */
export interface ByHand {
  readonly invoiceId: InvoiceId;
  readonly reason: string;
  /** It brings this line to an amount, however often the draft is rated again. */
  readonly adjusts?: { readonly lineId: LineId; readonly to: Money };
}

export type InvoiceItemAdded = Event<
  'InvoiceItemAdded',
  {
    readonly itemId: InvoiceItemId;
    readonly description: string;
    readonly quantity: string;
    /** In major units; absent where the amount was named as a whole. */
    readonly unitAmount?: string;
    /** Below zero where it gives something back. */
    readonly amount: Money;
    readonly on: 'next_invoice' | 'own_invoice';
    readonly metadata: Readonly<Record<string, string>>;
    readonly addedAt: Instant;
    readonly draft?: ByHand;
  }
>;

export type InvoiceItemRemoved = Event<'InvoiceItemRemoved', { readonly itemId: InvoiceItemId }>;

export type InvoiceItemEvent = InvoiceItemAdded | InvoiceItemRemoved;
