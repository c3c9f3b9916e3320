import { Decimal, maxDecimal } from '#kernel';
import { rateGraduated } from './graduated.js';
import { ratePackage } from './package.js';
import type { Price } from './price.js';
import type { Rating, RatingStep } from './rating.js';
import { rateVolume } from './volume.js';

/**
 * Quantity × price → amount in major units, exact. The quantity is that of a whole period: split periods are rated
 * cumulatively and billed by the difference. What is below zero counts as nothing used.
 */
export const rate = (price: Price, quantity: Decimal): Rating =>
  withinLimits(price, rateUnlimited(price, maxDecimal(quantity, Decimal.zero)));

const rateUnlimited = (price: Price, quantity: Decimal): Rating => {
  switch (price.model) {
    case 'flat': {
      const amount = Decimal.parse(price.amount);
      return { amount, steps: [{ flat: amount.toString(), amount: amount.toString() }] };
    }
    case 'per_unit': {
      const unitAmount = Decimal.parse(price.unitAmount);
      const amount = quantity.times(unitAmount);
      const step = { quantity: quantity.toString(), unitAmount: unitAmount.toString(), amount: amount.toString() };
      return { amount, steps: [step] };
    }
    case 'graduated':
      return rateGraduated(price, quantity);
    case 'volume':
      return rateVolume(price, quantity);
    case 'package':
      return ratePackage(price, quantity);
  }
};

const withinLimits = ({ minimum, maximum }: Price, rating: Rating): Rating => {
  if (minimum !== undefined) {
    const least = Decimal.parse(minimum);
    if (rating.amount.compare(least) < 0) return limited(rating, least, 'minimum');
  }
  if (maximum !== undefined) {
    const most = Decimal.parse(maximum);
    if (rating.amount.compare(most) > 0) return limited(rating, most, 'maximum');
  }
  return rating;
};

const limited = ({ amount, steps }: Rating, limit: Decimal, name: NonNullable<RatingStep['limit']>): Rating => ({
  amount: limit,
  steps: [...steps, { limit: name, amount: limit.minus(amount).toString() }],
});
