import { Decimal, maxDecimal } from '#kernel';
import { priceDecimal } from './price-decimal.js';
import type { PackagePrice } from './price.js';
import type { Rating } from './rating.js';

export const ratePackage = (price: PackagePrice, quantity: Decimal): Rating => {
  const unitAmount = priceDecimal(price.amount);
  const payable = maxDecimal(quantity.minus(priceDecimal(price.freeUnits ?? '0')), Decimal.zero);
  const packages = Decimal.of(payable.dividedToInteger(priceDecimal(price.size), 'up'));
  const amount = packages.times(unitAmount);
  const step = { quantity: packages.toString(), unitAmount: unitAmount.toString(), amount: amount.toString() };
  return { amount, steps: [step] };
};
