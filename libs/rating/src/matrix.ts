import { Decimal } from '#kernel';
import { priceDecimal } from './price-decimal.js';
import type { MatrixPrice } from './price.js';
import type { RatedGroup, Rating } from './rating.js';

/** Each combination of property values at the price of the first cell that fits it. */
export const rateMatrix = ({ cells }: MatrixPrice, groups: readonly RatedGroup[]): Rating => {
  let total = Decimal.zero;
  const steps = groups.map(({ group, quantity }) => {
    const cell = cells.find(({ match }) => Object.entries(match).every(([name, value]) => group[name] === value));
    const unitAmount = cell === undefined ? Decimal.zero : priceDecimal(cell.unitAmount);
    const amount = quantity.times(unitAmount);
    total = total.plus(amount);
    return { quantity: quantity.toString(), unitAmount: unitAmount.toString(), group, amount: amount.toString() };
  });
  return { amount: total, steps };
};
