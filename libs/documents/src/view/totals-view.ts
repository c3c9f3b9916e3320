import type { DocumentTax } from '#contracts';
import { money, type Money } from '#kernel';
import type { DocumentSource } from '../document-source.js';
import type { Formats } from '../formats.js';
import { settlementOf } from '../settlement.js';
import type { Texts } from '../texts/texts.js';
import type { TotalView } from './invoice-view.js';
import { filled } from './line-view.js';

export const totalsView = (
  { document: { invoice }, creditNote }: DocumentSource,
  formats: Formats,
  texts: Texts,
): TotalView[] => {
  const row = (label: string, amount: Money, strong = false): TotalView => ({
    label,
    value: formats.money(amount),
    strong,
  });
  const settled = (label: string, amount: Money): TotalView[] =>
    amount.minor === 0n ? [] : [row(label, money(-amount.minor, amount.currency))];
  const { paid, credited, due } = settlementOf(invoice);
  return [
    ...(invoice.taxes.length === 0 ? [] : [row(texts.subtotal, invoice.subtotal)]),
    ...invoice.taxes.map((tax) => row(taxLabel(tax, formats, texts), tax.amount)),
    row(texts.total, invoice.total, true),
    ...settled(texts.paid, paid),
    ...settled(texts.creditApplied, credited),
    ...(creditNote ? [] : [row(texts.amountDue, due, true)]),
  ];
};

const taxLabel = ({ category, rate, jurisdiction, base }: DocumentTax, formats: Formats, texts: Texts): string => {
  const on = filled(texts.on, { base: formats.money(base) });
  return category === 'O'
    ? `${texts.notSubjectToTax} ${on}`
    : `${texts.tax} ${formats.percent(rate)} (${jurisdiction}) ${on}`;
};
