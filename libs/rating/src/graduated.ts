import { Decimal, minDecimal } from '#kernel';
import type { GraduatedPrice } from './price.js';
import type { Rating, RatingStep } from './rating.js';
import { parsedTiers } from './tiers.js';

export const rateGraduated = (price: GraduatedPrice, quantity: Decimal): Rating => {
  const steps: RatingStep[] = [];
  let amount = Decimal.zero;
  for (const [index, tier] of parsedTiers(price.tiers).entries()) {
    const entered = quantity.compare(tier.above) > 0;
    if (!entered && !(index === 0 && price.flatFeeOnZero === true)) break;
    const units = (tier.upTo === null ? quantity : minDecimal(quantity, tier.upTo)).minus(tier.above);
    const tierAmount = units.times(tier.unitAmount).plus(tier.flatAmount);
    amount = amount.plus(tierAmount);
    steps.push({
      tier: index + 1,
      quantity: units.toString(),
      unitAmount: tier.unitAmount.toString(),
      ...(tier.flatAmount.isZero ? {} : { flat: tier.flatAmount.toString() }),
      amount: tierAmount.toString(),
    });
  }
  return { amount, steps };
};
