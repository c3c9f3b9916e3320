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

export const sumOf = (values: readonly Decimal[]): Decimal =>
  values.reduce((total, value) => total.plus(value), Decimal.zero);

/** So many subscriptions at one price. */
export interface PricedSubscriptions {
  readonly count: number;
  readonly price: Decimal;
  readonly interval: Interval;
}

/** Monthly recurring revenue of all of them; each is brought to a month before it is counted. */
export const totalMrr = (subscriptions: readonly PricedSubscriptions[]): Decimal =>
  sumOf(subscriptions.map(({ count, price, interval }) => monthlyAmount(price, interval).times(Decimal.of(count))));

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
