import { Decimal, maxDecimal, minDecimal } from '#kernel';
import { priceDecimal } from './price-decimal.js';
import type { PriceOptions } from './price.js';
import type { Rating, RatingStep } from './rating.js';

/** What is missing to the least that has to be paid; nothing where more was billed. */
export const minimumTopUp = (billed: Decimal, minimum: Decimal): Decimal =>
  maxDecimal(minimum.minus(billed), Decimal.zero);

export interface CappedLines {
  readonly discounts: readonly Decimal[];
  readonly net: readonly Decimal[];
}

/** Lines under a maximum that earlier lines have used up in part: they are cut in their order once it is reached. */
export const capLines = (lines: readonly Decimal[], maximum: Decimal, billedBefore = Decimal.zero): CappedLines => {
  let left = maxDecimal(maximum.minus(billedBefore), Decimal.zero);
  const net = lines.map((line) => {
    const taken = minDecimal(line, left);
    left = left.minus(taken);
    return taken;
  });
  return { discounts: lines.map((line, index) => line.minus(net[index]!)), net };
};

/** Lifted to the minimum or cut to the maximum of the price, and said so. */
export const withinLimits = ({ minimum, maximum }: PriceOptions, rating: Rating): Rating => {
  if (minimum !== undefined) {
    const least = priceDecimal(minimum);
    if (rating.amount.compare(least) < 0) return limited(rating, least, 'minimum');
  }
  if (maximum !== undefined) {
    const most = priceDecimal(maximum);
    if (rating.amount.compare(most) > 0) return limited(rating, most, 'maximum');
  }
  return rating;
};

const limited = ({ amount, steps }: Rating, limit: Decimal, name: NonNullable<RatingStep['limit']>): Rating => ({
  amount: limit,
  steps: [...steps, { limit: name, amount: limit.minus(amount).toString() }],
});
