import type { Decimal } from '#kernel';
import { priceDecimal } from './price-decimal.js';
import type { PriceOptions } from './price.js';
import type { Rating, RatingStep } from './rating.js';

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
