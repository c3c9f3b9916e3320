import { derivedId, isBefore, type Instant, type InvoiceId, type InvoiceItemId, type Money } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { ItemLine } from '../invoice/invoice-line.js';
import type { InvoiceItemAdded } from './invoice-item.events.js';

/** Something charged or credited once, apart from any subscription. */
export interface InvoiceItem {
  readonly id: InvoiceItemId;
  readonly description: string;
  readonly quantity: string;
  readonly unitAmount?: string;
  readonly amount: Money;
  readonly on: InvoiceItemAdded['data']['on'];
  readonly metadata: Readonly<Record<string, string>>;
  readonly addedAt: Instant;
  /** That bills it, or billed it and gave it up; null while it waits for one. */
  invoiceId: InvoiceId | null;
}

/** Those that no invoice bills, in the order in which they were added. */
export const pendingItems = ({ items }: Account): InvoiceItem[] =>
  [...items.values()].filter(({ invoiceId }) => invoiceId === null);

/** A line for each item that waits for an invoice and was there by then. */
export const dueItemLines = (account: Account, billThrough: Instant, invoiceId: InvoiceId): ItemLine[] =>
  pendingItems(account)
    .filter(({ addedAt }) => !isBefore(billThrough, addedAt))
    .map((item) => itemLine(item, invoiceId));

export const itemLine = (
  { id, description, quantity, unitAmount, amount, metadata, addedAt }: Omit<InvoiceItem, 'invoiceId' | 'on'>,
  invoiceId: InvoiceId,
): ItemLine => ({
  lineId: derivedId('lin', invoiceId, id),
  kind: 'one_off',
  itemId: id,
  description,
  quantity,
  ...(unitAmount === undefined ? {} : { unitAmount }),
  amount,
  metadata,
  addedAt,
});
