import type { ByHand, Fact, LineDiscount } from '#contracts';
import type { Instant, InvoiceId, InvoiceItemId, Money } from '#kernel';

/** Something charged or credited once, apart from any subscription. */
export interface InvoiceItem {
  readonly id: InvoiceItemId;
  readonly description: string;
  readonly quantity: string;
  readonly unitAmount?: string;
  readonly amount: Money;
  readonly discounts?: readonly LineDiscount[];
  readonly taxClass?: string;
  readonly on: Fact<'InvoiceItemAdded'>['data']['on'];
  readonly metadata: Readonly<Record<string, string>>;
  readonly addedAt: Instant;
  readonly draft?: ByHand;
  /** That bills it, or billed it and gave it up; null while it waits for one. */
  invoiceId: InvoiceId | null;
}

/** Those that no invoice bills, in the order in which they were added. */
export const pendingItems = ({ items }: { readonly items: ReadonlyMap<InvoiceItemId, InvoiceItem> }): InvoiceItem[] =>
  [...items.values()].filter(({ invoiceId }) => invoiceId === null);

/** It says something about other lines of a draft, and nothing without them. */
export const isBesideOthers = ({ draft }: Pick<InvoiceItem, 'draft'>): boolean =>
  draft?.adjusts !== undefined || draft?.takesOff !== undefined;
