import { reducedFraction, type Fraction } from '#kernel';

/** `15/31`; whole numbers without a denominator. */
export const fractionText = (exact: Fraction): string => {
  const { numerator, denominator } = reducedFraction(exact);
  return denominator === 1n ? numerator.toString() : `${numerator}/${denominator}`;
};
