import { Decimal, maxDecimal } from '#kernel';
import { convertedUnits } from './conversion.js';
import { discounted } from './discount.js';
import { rateGraduated } from './graduated.js';
import { withinLimits } from './limits.js';
import { rateMatrix } from './matrix.js';
import { ratePackage } from './package.js';
import { ratePercentage, ratePercentageByEvent } from './percentage.js';
import { priceDecimal } from './price-decimal.js';
import { convertedLevels, levelAfter, rateProratedLevels, weightOf } from './prorated-levels.js';
import { isLinear, pricesReadings, type CommittedPrice, type Price, type UnitConversion } from './price.js';
import type { RatedUsage, Rating, RatingStep } from './rating.js';
import { rateProratedVolume, rateVolume } from './volume.js';

/**
 * Quantity × price → amount in major units, exact. The quantity is that of a whole period: split periods are rated
 * cumulatively and billed by the difference. What is below zero counts as nothing used unless it may be negative. A discount comes off before any limit.
 */
export const rate = (price: Price, quantity: Decimal, usage: RatedUsage = {}, discountBasisPoints = 0): Rating => {
  const measured = usage.mayBeNegative === true && isLinear(price) ? quantity : atLeastNothing(quantity);
  const rating =
    price.conversion === undefined
      ? rateUnlimited(price, measured, usage)
      : rateConverted(price, price.conversion, measured, usage);
  return withinLimits(price, discountBasisPoints === 0 ? rating : discounted(rating, discountBasisPoints));
};

/** What is below zero counts as nothing used. */
export const atLeastNothing = (quantity: Decimal): Decimal => maxDecimal(quantity, Decimal.zero);

const rateUnlimited = (price: Price, quantity: Decimal, { events = 0, groups, values, levels }: RatedUsage): Rating => {
  switch (price.model) {
    case 'flat': {
      const amount = priceDecimal(price.amount);
      return { amount, steps: [{ flat: amount.toString(), amount: amount.toString() }] };
    }
    case 'per_unit': {
      const unitAmount = priceDecimal(price.unitAmount);
      const amount = quantity.times(unitAmount);
      const step = { quantity: quantity.toString(), unitAmount: unitAmount.toString(), amount: amount.toString() };
      return { amount, steps: [step] };
    }
    case 'graduated':
      return levels === undefined ? rateGraduated(price, quantity) : rateProratedLevels(price, levels);
    case 'graduated_percentage':
      return rateGraduated(price, quantity);
    case 'volume':
      return levels === undefined
        ? rateVolume(price, quantity)
        : rateProratedVolume(price, levelAfter(levels), quantity);
    case 'package':
      return ratePackage(price, quantity);
    case 'percentage':
      return pricesReadings(price) && values !== undefined
        ? ratePercentageByEvent(price, values)
        : ratePercentage(price, quantity, events);
    case 'committed':
      return rateCommitted(price, quantity);
    case 'matrix':
      return rateMatrix(price, groups ?? [{ group: {}, quantity }]);
  }
};

/** The commitment whole, and what is used beyond it at the overage price. */
const rateCommitted = ({ committedUnits, amount, overage }: CommittedPrice, quantity: Decimal): Rating => {
  const committed = priceDecimal(amount);
  const step: RatingStep = { flat: committed.toString(), amount: committed.toString() };
  const beyond = quantity.minus(priceDecimal(committedUnits));
  if (beyond.compare(Decimal.zero) <= 0) return { amount: committed, steps: [step] };
  const rating = rate(overage, beyond);
  return { amount: committed.plus(rating.amount), steps: [step, ...rating.steps] };
};

const rateConverted = (price: Price, conversion: UnitConversion, quantity: Decimal, usage: RatedUsage): Rating => {
  const groups = usage.groups?.map((one) => ({ ...one, quantity: convertedUnits(one.quantity, conversion) }));
  const levels = usage.levels && convertedLevels(usage.levels, conversion);
  // What is held is converted before it is prorated: two packs for half of the period are one.
  const units = levels === undefined ? convertedUnits(quantity, conversion) : weightOf(levels);
  const rating = rateUnlimited(price, units, {
    ...usage,
    ...(groups === undefined ? {} : { groups }),
    ...(levels === undefined ? {} : { levels }),
  });
  const step = { quantity: units.toString(), convertedFrom: quantity.toString(), amount: '0' };
  return { amount: rating.amount, steps: [step, ...rating.steps] };
};
