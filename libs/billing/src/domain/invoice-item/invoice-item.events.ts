import type { Event, Instant, InvoiceItemId, Money } from '#kernel';

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
  }
>;

export type InvoiceItemRemoved = Event<'InvoiceItemRemoved', { readonly itemId: InvoiceItemId }>;

export type InvoiceItemEvent = InvoiceItemAdded | InvoiceItemRemoved;
