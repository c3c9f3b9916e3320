import type { BrandingColumn, InvoiceLine } from '#contracts';
import type { DocumentLine } from '#billing/invoice';
import { negated, plus } from '#kernel';
import type { Days } from '../days.js';
import type { Formats } from '../formats.js';
import { unitAmountOf } from '../line-price.js';
import type { Texts } from '../texts/texts.js';
import type { LineView } from './invoice-view.js';

type Step = InvoiceLine['steps'][number];

export const lineView = (
  line: DocumentLine,
  days: Days,
  formats: Formats,
  texts: Texts,
  hidden: ReadonlySet<BrandingColumn>,
): LineView => {
  const unitAmount = hidden.has('unit_price') ? undefined : unitAmountOf(line);
  return {
    description: line.description,
    period: hidden.has('service_period') ? null : formats.days(days),
    details: [...lineDetails(line, formats, texts), ...discountDetails(line, formats, texts)],
    quantity: hidden.has('quantity') ? null : formats.decimal(line.quantity),
    unitPrice: unitAmount === undefined ? null : formats.price(unitAmount, line.amount.currency),
    amount: formats.money(line.amount),
  };
};

/** How the amount comes about, where that is more than a quantity at a price. */
export const lineDetails = (line: DocumentLine, formats: Formats, texts: Texts): readonly string[] => {
  if (!('steps' in line)) return [];
  const { steps, proration, part, billedBefore, amount } = line;
  return [
    ...(steps.length > 1 ? steps.map((step) => stepText(step, amount.currency, formats, texts)) : []),
    ...[proration, part].flatMap((share) =>
      share === undefined ? [] : [filled(texts.prorated, { part: `${share.numerator}/${share.denominator}` })],
    ),
    ...(billedBefore.minor === 0n ? [] : [`${texts.billedBefore}: ${formats.money(billedBefore)}`]),
  ];
};

/** What it comes to before discounts, and what each takes off. */
export const discountDetails = (line: DocumentLine, formats: Formats, { discount }: Texts): readonly string[] => {
  if (!('discounts' in line) || line.discounts === undefined) return [];
  const off = line.discounts.map(({ name, amount }) => `${discount} · ${name} = ${formats.money(negated(amount))}`);
  const gross = line.discounts.reduce((sum, { amount }) => plus(sum, amount), line.amount);
  return [formats.money(gross), ...off];
};

/** Puts values in the place of their names in braces. */
export const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);

const stepText = (step: Step, currency: string, formats: Formats, texts: Texts): string => {
  const { quantity, unitAmount, rate, flat, limit, discount, group } = step;
  const price = (major: string): string => formats.price(major, currency);
  const times = [
    ...(quantity === undefined ? [] : [formats.decimal(quantity)]),
    ...(unitAmount === undefined ? [] : [price(unitAmount)]),
    ...(rate === undefined ? [] : [formats.percent(rate)]),
  ].join(' × ');
  const named = [
    ...(group === undefined ? [] : [Object.values(group).join(', ')]),
    ...(limit === undefined ? [] : [texts[limit]]),
    ...(discount === undefined ? [] : [`${texts.discount} ${formats.percent(percentOf(discount))}`]),
  ];
  const terms = [times, flat === undefined ? '' : price(flat)].filter((term) => term !== '').join(' + ');
  return [...named, terms === '' ? price(step.amount) : `${terms} = ${price(step.amount)}`].join(' · ');
};

/** 1,050 basis points are 10.5 %. */
const percentOf = (basisPoints: number): string => {
  const digits = String(basisPoints).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
