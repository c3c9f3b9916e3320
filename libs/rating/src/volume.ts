import { Decimal } from '#kernel';
import type { VolumePrice } from './price.js';
import type { Rating } from './rating.js';
import { parsedTiers, tierStep } from './tiers.js';

/** The tier that `reached` falls into prices all of the quantity. */
const rateInTierOf = (price: VolumePrice, reached: Decimal, quantity: Decimal): Rating => {
  if (reached.isZero && quantity.isZero && price.flatFeeOnZero !== true) return { amount: Decimal.zero, steps: [] };
  const tiers = parsedTiers(price.tiers);
  const index = tiers.findIndex(({ upTo }) => upTo === null || reached.compare(upTo) <= 0);
  const { amount, step } = tierStep(tiers[index]!, index + 1, quantity);
  return { amount, steps: [step] };
};

export const rateVolume = (price: VolumePrice, quantity: Decimal): Rating => rateInTierOf(price, quantity, quantity);

/**
 * Units that were held for a part of the period: the tier is that of all of them, the price that of the prorated ones. The tier's flat
 * amount is not prorated. (Lago's prorated volume charge.)
 */
export const rateProratedVolume = (price: VolumePrice, held: Decimal, prorated: Decimal): Rating => {
  const { amount, steps } = rateInTierOf(price, held, prorated);
  return { amount, steps: steps.map((step) => ({ ...step, held: held.toString() })) };
};
