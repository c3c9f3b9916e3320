import type { DocumentLine } from '#billing/invoice';
import { Decimal, majorUnits, money, plus, type Money } from '#kernel';
import type { Days } from '../days.js';
import type { Formats } from '../formats.js';
import { comesTo, unitAmountOf } from '../line-price.js';
import type { Texts } from '../texts/texts.js';
import { discountDetails, lineDetails } from '../view/line-view.js';
import type { EAllowance, ELine, EPrice } from './e-invoice.js';

export interface LineTerms {
  readonly period: Days;
  readonly formats: Formats;
  readonly texts: Texts;
  readonly vat: ELine['vat'];
}

/**
 * A line as the standard wants it: its net is what quantity and price come to, less what discounts take off. Where that is not so (what was billed before is subtracted, tiers, prices with tax
 * inside), it is one of something at that price, and its description says how it came about.
 */
export const eLine = (line: DocumentLine, net: Money, number: number, terms: LineTerms): ELine => {
  const { period, formats, texts, vat } = terms;
  const unitAmount = unitAmountOf(line);
  const allowances = allowancesOf(line, net);
  const gross = allowances.reduce((sum, { amount }) => plus(sum, amount), net);
  const isMultiple = unitAmount !== undefined && comesTo(line.quantity, unitAmount, gross);
  const details = [
    ...lineDetails(line, formats, texts),
    ...(allowances.length === 0 ? discountDetails(line, formats, texts) : []),
  ];
  const told =
    isMultiple || line.quantity === '1'
      ? details
      : [`${texts.quantity}: ${formats.decimal(line.quantity)}`, ...details];
  return {
    id: String(number),
    name: line.description,
    description: told.length === 0 ? undefined : told.join('; '),
    ...(isMultiple ? multiple(line.quantity, unitAmount) : one(gross)),
    allowances,
    net,
    period,
    vat,
  };
};

/** Where prices have their tax inside, and where something is given back, the description says what was taken off. */
const allowancesOf = (line: DocumentLine, net: Money): readonly EAllowance[] => {
  const discounts = 'discounts' in line ? (line.discounts ?? []) : [];
  const isTold = net.minor === line.amount.minor && discounts.every(({ amount }) => amount.minor > 0n);
  return isTold ? discounts.map(({ name, amount }) => ({ reason: name, amount })) : [];
};

const one = (net: Money): Pick<ELine, 'quantity' | 'price'> => ({
  quantity: net.minor < 0n ? '-1' : '1',
  price: { amount: majorUnits(money(net.minor < 0n ? -net.minor : net.minor, net.currency)), per: '1' },
});

/** A price is never negative: the quantity is. */
const multiple = (quantity: string, unitAmount: string): Pick<ELine, 'quantity' | 'price'> => {
  const isNegative = unitAmount.startsWith('-');
  return {
    quantity: isNegative ? Decimal.parse(quantity).negated().toString() : quantity,
    price: priceOf(isNegative ? unitAmount.slice(1) : unitAmount),
  };
};

/** The digits that money has are enough for the readers of most prices; 0.000012 is 12 for each 1,000,000. */
const PRICE_DIGITS = 2;

const priceOf = (unitAmount: string): EPrice => {
  const { coefficient, scale } = Decimal.parse(unitAmount);
  return scale <= PRICE_DIGITS
    ? { amount: unitAmount, per: '1' }
    : { amount: coefficient.toString(), per: (10n ** BigInt(scale)).toString() };
};
