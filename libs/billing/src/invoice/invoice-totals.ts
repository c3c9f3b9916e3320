import {
  Decimal,
  fractionOf,
  percentage,
  plusFraction,
  roundedFraction,
  timesFraction,
  type Fraction,
  type Rounding,
} from '#kernel';
import { pooledDiscountShares, type DiscountableLine, type PooledDiscount } from '../discount/pooled-discount.js';
import { taxOn } from '../tax/tax.js';

export interface TaxableLine extends DiscountableLine {
  /** In percent, each on what the discounts leave of the line. */
  readonly taxRates: readonly Decimal[];
}

export interface ComputedTotals {
  readonly discountPerLine: readonly Decimal[];
  /** As shown on each line. Adds up to the tax unless it is rounded per invoice. */
  readonly taxPerLine: readonly bigint[];
  readonly linesTotal: bigint;
  readonly discountTotal: bigint;
  readonly subtotal: bigint;
  readonly taxTotal: bigint;
  readonly total: bigint;
}

export interface TotalsPolicy {
  readonly taxRounding?: 'line' | 'invoice';
  readonly rounding?: Rounding;
}

/** Digits that a discount's share of a line keeps where tax is rounded per invoice. */
const SHARE_DIGITS = 5;

/**
 * From lines, pooled discounts and taxes to the totals of an invoice, in minor units. Rounding tax per `line` is the
 * convention: discounts are whole units on each line, every tax is rounded there, and totals are sums of what the lines show.
 * Rounding it per `invoice` is a policy that some tax offices allow: shares and taxes stay exact, the invoice's tax is
 * rounded once, and the taxes shown on the lines need not add up to it. (Lago, `taxes_on_invoice_spec.rb`.)
 */
export const computeTotals = (
  lines: readonly TaxableLine[],
  discounts: readonly PooledDiscount[],
  { taxRounding = 'line', rounding = 'half_up' }: TotalsPolicy = {},
): ComputedTotals => {
  const { shares, total: discountTotal } = pooledDiscountShares(
    lines,
    discounts,
    taxRounding === 'line' ? 0 : SHARE_DIGITS,
  );
  const bases = lines.map(({ amount }, index) => Decimal.of(amount).minus(shares[index]!));
  const exactTaxes = lines.map(({ taxRates }, index) =>
    taxRates.reduce((tax, rate) => plusFraction(tax, timesFraction(fractionOf(bases[index]!), percentage(rate))), NONE),
  );
  const taxPerLine = lines.map(({ taxRates }, index) =>
    taxRounding === 'line'
      ? taxRates.reduce((tax, rate) => tax + taxOn(bases[index]!, rate, rounding), 0n)
      : roundedFraction(exactTaxes[index]!, rounding),
  );
  const taxTotal =
    taxRounding === 'line'
      ? taxPerLine.reduce((total, tax) => total + tax, 0n)
      : roundedFraction(exactTaxes.reduce(plusFraction, NONE), rounding);
  const linesTotal = lines.reduce((total, { amount }) => total + amount, 0n);
  const subtotal = linesTotal - discountTotal;
  return {
    discountPerLine: shares,
    taxPerLine,
    linesTotal,
    discountTotal,
    subtotal,
    taxTotal,
    total: subtotal + taxTotal,
  };
};

const NONE: Fraction = { numerator: 0n, denominator: 1n };
