import type { PlanVersion, RecurringTerm } from '#contracts';
import { currencyExponent, Decimal } from '#kernel';
import type { AppliedDiscount } from './applied-discount.js';

/** What discounts leave of what recurs, before any rounding: percentages first, then amounts, which terms of one interval share in their order. */
export const discountedTerms = (
  terms: readonly RecurringTerm[],
  { key }: Pick<PlanVersion, 'key'>,
  discounts: readonly AppliedDiscount[],
): readonly RecurringTerm[] => {
  const counting = discounts.filter((one) => one.terms.plans?.includes(key) !== false);
  if (counting.length === 0) return terms;
  const shared = new Map<string, Decimal>();
  return terms.map((term) => {
    const own = counting.filter((one) => one.terms.charges?.includes(term.charge) !== false);
    const reduced = own.reduce(
      (left, { terms: { percent } }) => lessPercent(left, percent),
      Decimal.parse(term.amount),
    );
    return { ...term, amount: own.reduce((left, one) => lessAmount(left, one, term, shared), reduced).toString() };
  });
};

const lessPercent = (left: Decimal, percent: string | undefined): Decimal => {
  if (percent === undefined) return left;
  const { coefficient, scale } = Decimal.parse(percent);
  return left.minus(left.times(new Decimal(coefficient, scale + 2)));
};

const lessAmount = (
  left: Decimal,
  { id, terms: { amount } }: AppliedDiscount,
  { interval }: RecurringTerm,
  shared: Map<string, Decimal>,
): Decimal => {
  if (amount === undefined) return left;
  const name = `${id} ${interval.count} ${interval.unit}`;
  const there = shared.get(name) ?? new Decimal(amount.minor, currencyExponent(amount.currency));
  const taken = left.compare(there) < 0 ? left : there;
  shared.set(name, there.minus(taken));
  return left.minus(taken);
};
