import type { InvoiceLine, ItemLine } from '#contracts';
import { derivedId, isBefore, money, type Instant, type InvoiceId, type LineId } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { DocumentLine } from '../invoice/invoice-line.js';
import { beside, discountLines } from './draft-discounts.js';
import { isBesideOthers, pendingItems, type InvoiceItem } from './invoice-item.js';

/** An invoice that is being made: what is rated of it so far, and how far it reaches. */
interface Draft {
  readonly invoiceId: InvoiceId;
  readonly billThrough: Instant;
  readonly rated: readonly InvoiceLine[];
}

/** A line for each item that was there by then or was added to this very draft, then one for each that adjusts another line, and then what is taken off them. */
export const dueItemLines = (pending: readonly InvoiceItem[], { invoiceId, billThrough, rated }: Draft): ItemLine[] => {
  const isDue = (item: InvoiceItem) =>
    item.draft?.invoiceId === invoiceId || (!isBesideOthers(item) && !isBefore(billThrough, item.addedAt));
  const due = pending.filter(isDue);
  const named = due.filter((item) => !isBesideOthers(item)).map((item) => itemLine(item, invoiceId, [])!);
  const others = [...rated, ...named];
  const adjusting = due
    .filter(({ draft }) => draft?.adjusts !== undefined)
    .flatMap((item) => itemLine(item, invoiceId, others) ?? []);
  const discounts = due.filter(({ draft }) => draft?.takesOff !== undefined);
  return [...named, ...adjusting, ...discountLines(discounts, [...others, ...adjusting], invoiceId)];
};

/** Null where the line that it adjusts is not there, or comes to the amount by itself. */
export const itemLine = (
  item: Omit<InvoiceItem, 'invoiceId' | 'on'>,
  invoiceId: InvoiceId,
  others: readonly DocumentLine[],
): ItemLine | null => {
  const { id, description, quantity, unitAmount, amount, discounts, taxClass, metadata, addedAt, draft } = item;
  const line = {
    lineId: derivedId('lin', invoiceId, id),
    kind: 'one_off',
    itemId: id,
    description,
    quantity,
    ...(unitAmount === undefined ? {} : { unitAmount }),
    amount,
    ...(discounts === undefined ? {} : { discounts }),
    ...(taxClass === undefined ? {} : { taxClass }),
    metadata,
    addedAt,
    ...(draft === undefined ? {} : { reason: draft.reason }),
  } as const;
  if (draft?.adjusts === undefined) return line;
  const { lineId, to } = draft.adjusts;
  const adjusted = others.find((other) => other.lineId === lineId);
  if (adjusted === undefined || adjusted.amount.minor === to.minor) return null;
  return { ...line, amount: money(to.minor - adjusted.amount.minor, to.currency), ...beside(adjusted) };
};

/** What discounts of a draft take off the lines that are stored of it, as they did when these were. */
export const takenOffAgain = (
  account: Pick<Account, 'items'>,
  invoiceId: InvoiceId,
  stored: readonly DocumentLine[],
): ReadonlyMap<LineId, ItemLine> => {
  const discounts = pendingItems(account).filter(
    ({ draft }) => draft?.takesOff !== undefined && draft.invoiceId === invoiceId,
  );
  if (discounts.length === 0) return new Map();
  const own = new Set(discounts.map(({ id }) => id));
  const others = stored.filter((line) => !('itemId' in line) || !own.has(line.itemId));
  return new Map(discountLines(discounts, others, invoiceId).map((line) => [line.lineId, line]));
};
