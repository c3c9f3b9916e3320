import type { Fact, ByHand, InvoiceLine, ItemLine } from '#contracts';
import { derivedId, isBefore, money, type Instant, type InvoiceId, type InvoiceItemId, type Money } from '#kernel';
import type { DocumentLine } from '../invoice/invoice-line.js';

/** Something charged or credited once, apart from any subscription. */
export interface InvoiceItem {
  readonly id: InvoiceItemId;
  readonly description: string;
  readonly quantity: string;
  readonly unitAmount?: string;
  readonly amount: Money;
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

/** An invoice that is being made: what is rated of it so far, and how far it reaches. */
interface Draft {
  readonly invoiceId: InvoiceId;
  readonly billThrough: Instant;
  readonly rated: readonly InvoiceLine[];
}

/** A line for each item that was there by then or was added to this very draft, and then one for each that adjusts another line. */
export const dueItemLines = (pending: readonly InvoiceItem[], { invoiceId, billThrough, rated }: Draft): ItemLine[] => {
  const isDue = ({ addedAt, draft }: InvoiceItem) =>
    draft?.invoiceId === invoiceId || (draft?.adjusts === undefined && !isBefore(billThrough, addedAt));
  const due = pending.filter(isDue);
  const named = due.filter(({ draft }) => draft?.adjusts === undefined).map((item) => itemLine(item, invoiceId, [])!);
  const others = [...rated, ...named];
  const adjusting = due
    .filter(({ draft }) => draft?.adjusts !== undefined)
    .flatMap((item) => itemLine(item, invoiceId, others) ?? []);
  return [...named, ...adjusting];
};

/** Null where the line that it adjusts is not there, or comes to the amount by itself. */
export const itemLine = (
  item: Omit<InvoiceItem, 'invoiceId' | 'on'>,
  invoiceId: InvoiceId,
  others: readonly DocumentLine[],
): ItemLine | null => {
  const { id, description, quantity, unitAmount, amount, taxClass, metadata, addedAt, draft } = item;
  const line = {
    lineId: derivedId('lin', invoiceId, id),
    kind: 'one_off',
    itemId: id,
    description,
    quantity,
    ...(unitAmount === undefined ? {} : { unitAmount }),
    amount,
    ...(taxClass === undefined ? {} : { taxClass }),
    metadata,
    addedAt,
    ...(draft === undefined ? {} : { reason: draft.reason }),
  } as const;
  if (draft?.adjusts === undefined) return line;
  const { lineId, to } = draft.adjusts;
  const adjusted = others.find((other) => other.lineId === lineId);
  if (adjusted === undefined || adjusted.amount.minor === to.minor) return null;
  return {
    ...line,
    amount: money(to.minor - adjusted.amount.minor, to.currency),
    adjusts: lineId,
    ...('taxClass' in adjusted && adjusted.taxClass !== undefined ? { taxClass: adjusted.taxClass } : {}),
    ...('recognition' in adjusted && adjusted.recognition !== undefined ? { recognition: adjusted.recognition } : {}),
  };
};
