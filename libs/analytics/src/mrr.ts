import {
  decimalOfFraction,
  Decimal,
  fractionOf,
  minusFraction,
  percentage,
  timesFraction,
  type Interval,
} from '#kernel';
import { monthlyAmount } from './monthly-amount.js';

/** Monthly recurring revenue of all that recurs; each is brought to a month before it is counted. */
export const totalMrr = (terms: readonly { readonly amount: Decimal; readonly interval: Interval }[]): Decimal =>
  terms.reduce((total, { amount, interval }) => total.plus(monthlyAmount(amount, interval)), Decimal.zero);

/** Annual recurring revenue is twelve months of MRR. */
export const annualRecurringRevenue = (mrr: Decimal): Decimal => mrr.times(Decimal.of(12));

/**
 * A discount lowers MRR only if it lasts for ever: what ends, or is given once, does not change what recurs. (Stripe's default.)
 * To four decimals, half away from zero.
 */
export const discountedMrr = (
  mrr: Decimal,
  discount: { readonly percentOff: Decimal; readonly duration: 'forever' | 'repeating' | 'once' },
): Decimal => {
  if (discount.duration !== 'forever') return mrr;
  const left = minusFraction({ numerator: 1n, denominator: 1n }, percentage(discount.percentOff));
  return decimalOfFraction(timesFraction(fractionOf(mrr), left), 4, 'half_up');
};
