import { Decimal } from '#kernel';
import type { Rating } from './rating.js';

const BASIS_POINT_DIGITS = 4;

/** So many hundredths of a percent of an amount, exact. */
export const basisPointsOf = (amount: Decimal, basisPoints: number): Decimal => {
  const product = amount.times(Decimal.of(basisPoints));
  return new Decimal(product.coefficient, product.scale + BASIS_POINT_DIGITS);
};

/** A rating with so many basis points taken off, as its last step. A limit that comes after it bounds what is left. */
export const discounted = ({ amount, steps }: Rating, basisPoints: number): Rating => {
  const discount = basisPointsOf(amount, basisPoints).negated();
  return { amount: amount.plus(discount), steps: [...steps, { discount: basisPoints, amount: discount.toString() }] };
};
