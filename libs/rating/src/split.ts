import { type Decimal } from '#kernel';
import type { Price } from './price.js';
import type { RoundingRule } from './proration.js';
import { rate } from './rate.js';

/** What is to be billed of a cumulative amount when a part of it was billed before; below zero, it is given back. */
export const lessBilled = (cumulative: Decimal, billedBefore: Decimal): Decimal => cumulative.minus(billedBefore);

/**
 * What a further quantity of the same period costs: all of it by now, less what was rated before. However a period is split, its parts
 * add up to the whole. Where a rule is named, both are rounded by it before the difference is taken.
 */
export const rateAddition = (price: Price, before: Decimal, addition: Decimal, rule?: RoundingRule): Decimal => {
  const amount = (quantity: Decimal): Decimal => {
    const exact = rate(price, quantity).amount;
    return rule === undefined ? exact : exact.rounded(rule.digits, rule.rounding ?? 'half_up');
  };
  return lessBilled(amount(before.plus(addition)), amount(before));
};
