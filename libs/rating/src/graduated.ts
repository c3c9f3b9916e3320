import { Decimal } from '#kernel';
import type { GraduatedPercentagePrice, GraduatedPrice } from './price.js';
import type { Rating, RatingStep } from './rating.js';
import { parsedTiers, tierStep, unitsWithin } from './tiers.js';

/** Every tier prices (or takes its rate of) the units that fall into it, and its flat amount as soon as it is entered. */
export const rateGraduated = (price: GraduatedPrice | GraduatedPercentagePrice, quantity: Decimal): Rating => {
  const steps: RatingStep[] = [];
  let amount = Decimal.zero;
  for (const [index, tier] of parsedTiers(price.tiers).entries()) {
    const entered = quantity.compare(tier.above) > 0;
    if (!entered && !(index === 0 && price.flatFeeOnZero === true)) break;
    const priced = tierStep(tier, index + 1, unitsWithin(tier, quantity));
    amount = amount.plus(priced.amount);
    steps.push(priced.step);
  }
  return { amount, steps };
};
