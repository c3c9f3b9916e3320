import { type PooledDiscount } from '#billing/discount';
import { computeTotals, type ComputedTotals, type TaxableLine } from '#billing/invoice';
import { Decimal, roundedToMinor } from '#kernel';
import { rate, type Price, type Rating } from '#rating';
import type { Dice } from '../services/dice.js';

const TIERS = [
  { upTo: '100', unitAmount: '0.05' },
  { upTo: '10000', unitAmount: '0.0125', flatAmount: '5.00' },
  { upTo: null, unitAmount: '0.00333' },
];

/** A line of each model: what a five-line invoice has. */
export const PRICES: readonly Price[] = [
  { model: 'flat', amount: '49.99' },
  { model: 'per_unit', unitAmount: '0.000003', maximum: '500.00' },
  { model: 'graduated', tiers: TIERS },
  { model: 'volume', tiers: TIERS, minimum: '10.00', rounding: 'half_even' },
  { model: 'package', amount: '1.15', size: '1000', freeUnits: '250' },
];

export interface RatedLine {
  readonly price: Price;
  readonly rating: Rating;
  readonly minor: bigint;
}

const CURRENCIES = ['USD', 'JPY', 'KWD'] as const;

/** Rates one line, as billing does: exact until it is rounded once to the currency. */
export const rateLine = (price: Price, quantity: Decimal, currency: string): RatedLine => {
  const rating = rate(price, quantity);
  return { price, rating, minor: roundedToMinor(rating.amount, currency, price.rounding ?? 'half_up').minor };
};

export interface RandomInvoice {
  readonly rated: readonly RatedLine[];
  readonly lines: readonly TaxableLine[];
  readonly discounts: readonly PooledDiscount[];
  readonly totals: ComputedTotals;
}

const RATES = ['0', '5', '9.975', '19', '20', '8.875'].map((percent) => Decimal.parse(percent));

export const randomInvoice = (dice: Dice): RandomInvoice => {
  const currency = dice.pick(CURRENCIES);
  const rated = PRICES.map((price) =>
    rateLine(price, new Decimal(BigInt(dice.roll(5_000_000)), dice.roll(4)), currency),
  );
  const lines = rated.map(({ minor }, index) => ({
    id: String(index),
    amount: minor,
    taxRates: Array.from({ length: dice.roll(3) }, () => dice.pick(RATES)),
  }));
  const discounts = Array.from({ length: dice.roll(3) }, () => ({
    amount: BigInt(dice.roll(20_000)),
    ...(dice.roll(2) === 0 ? {} : { eligible: ['0', '2', '4'] }),
  }));
  return { rated, lines, discounts, totals: computeTotals(lines, discounts) };
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

/** What does not hold of an invoice, in words; nothing if its lines sum to its totals. */
export const wrongWith = ({ rated, lines, totals }: RandomInvoice): string | null => {
  for (const { rating } of rated) {
    const steps = rating.steps.reduce((total, { amount }) => total.plus(Decimal.parse(amount)), Decimal.zero);
    if (!steps.equals(rating.amount)) return 'steps do not sum to the rated amount';
  }
  const shares = totals.discountPerLine.map((share) => share.coefficientAt(share.scale));
  if (totals.discountPerLine.some(({ scale }) => scale !== 0)) return 'a discount is no whole unit';
  if (sum(shares) !== totals.discountTotal) return 'discounts do not sum to their total';
  if (shares.some((share, index) => share < 0n || share > lines[index]!.amount)) return 'a discount is beyond its line';
  if (sum(lines.map(({ amount }) => amount)) !== totals.linesTotal) return 'lines do not sum to their total';
  if (sum(totals.taxPerLine) !== totals.taxTotal) return 'taxes do not sum to their total';
  if (totals.linesTotal - totals.discountTotal !== totals.subtotal) return 'the subtotal is another';
  return totals.subtotal + totals.taxTotal === totals.total ? null : 'the total is another';
};
