import type { ItemLine } from '#contracts';
import { Decimal, derivedId, money, type InvoiceId, type LineId } from '#kernel';
import { percentOf } from '../discount/discount.js';
import { distributeDiscount } from '../discount/pooled-discount.js';
import type { DocumentLine } from '../invoice/invoice-line.js';
import type { InvoiceItem } from './invoice-item.js';

/** What adjusts a line bears what that bears, and is earned when that is. */
export const beside = (adjusted: DocumentLine): Pick<ItemLine, 'adjusts' | 'taxClass' | 'recognition'> => ({
  adjusts: adjusted.lineId,
  ...('taxClass' in adjusted && adjusted.taxClass !== undefined ? { taxClass: adjusted.taxClass } : {}),
  ...('recognition' in adjusted && adjusted.recognition !== undefined ? { recognition: adjusted.recognition } : {}),
});

interface Left {
  readonly line: DocumentLine;
  minor: bigint;
}

/**
 * What discounts of a draft take off its lines, each by a line beside it. Percentages first, of what the ones before them left of each line, rounded once; then
 * amounts, which lines bear in proportion to what is left of them, by largest remainder. Nothing goes below zero.
 */
export const discountLines = (
  discounts: readonly InvoiceItem[],
  lines: readonly DocumentLine[],
  invoiceId: InvoiceId,
): ItemLine[] => {
  if (discounts.length === 0) return [];
  const left = leftOf(lines);
  const percentages = discounts.filter(({ draft }) => draft!.takesOff!.percent !== undefined);
  const amounts = discounts.filter((one) => !percentages.includes(one));
  return [...percentages, ...amounts].flatMap((discount) => {
    const shares = sharesOf(discount, left);
    return left.flatMap((one, index) => {
      const minor = shares[index]!;
      one.minor -= minor;
      return minor === 0n ? [] : [discountLine(discount, one.line, minor, invoiceId)];
    });
  });
};

const leftOf = (lines: readonly DocumentLine[]): Left[] => {
  const left = new Map<LineId, Left>();
  for (const line of lines) {
    const adjusted = line.kind === 'one_off' && line.adjusts !== undefined ? left.get(line.adjusts) : undefined;
    if (adjusted) adjusted.minor += line.amount.minor;
    else left.set(line.lineId, { line, minor: line.amount.minor });
  }
  return [...left.values()].filter(({ minor }) => minor > 0n);
};

const sharesOf = ({ draft }: InvoiceItem, left: readonly Left[]): readonly bigint[] => {
  const { percent, amount } = draft!.takesOff!;
  const amounts = left.map(({ minor }) => minor);
  if (percent === undefined) return distributeDiscount(amounts, amount!.minor).shares;
  return amounts.map((minor) => percentOf(minor, Decimal.parse(percent)));
};

const DESCRIPTION_MAX = 256;

const discountLine = (
  { id, description, amount: { currency }, metadata, addedAt, draft }: InvoiceItem,
  adjusted: DocumentLine,
  minor: bigint,
  invoiceId: InvoiceId,
): ItemLine => ({
  lineId: derivedId('lin', invoiceId, `${id} ${adjusted.lineId}`),
  kind: 'one_off',
  itemId: id,
  description: [...`${description}: ${adjusted.description}`].slice(0, DESCRIPTION_MAX).join(''),
  quantity: '1',
  amount: money(-minor, currency),
  metadata,
  addedAt,
  reason: draft!.reason,
  ...beside(adjusted),
});
