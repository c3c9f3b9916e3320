import { Decimal } from '#kernel';
import type { VolumePrice } from './price.js';
import type { Rating } from './rating.js';
import { parsedTiers } from './tiers.js';

export const rateVolume = (price: VolumePrice, quantity: Decimal): Rating => {
  if (quantity.isZero && price.flatFeeOnZero !== true) return { amount: Decimal.zero, steps: [] };
  const tiers = parsedTiers(price.tiers);
  const index = tiers.findIndex(({ upTo }) => upTo === null || quantity.compare(upTo) <= 0);
  const { unitAmount, flatAmount } = tiers[index]!;
  const amount = quantity.times(unitAmount).plus(flatAmount);
  const step = {
    tier: index + 1,
    quantity: quantity.toString(),
    unitAmount: unitAmount.toString(),
    ...(flatAmount.isZero ? {} : { flat: flatAmount.toString() }),
    amount: amount.toString(),
  };
  return { amount, steps: [step] };
};
