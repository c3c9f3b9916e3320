import { Decimal, powerOfTen } from './decimal.js';
import type { Fraction } from './money/money.js';
import { roundedQuotient, type Rounding } from './rounding.js';

const greatestCommonDivisor = (left: bigint, right: bigint): bigint => {
  let [larger, smaller] = [left < 0n ? -left : left, right < 0n ? -right : right];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
};

/** In lowest terms, with a denominator above zero. */
export const reducedFraction = ({ numerator, denominator }: Fraction): Fraction => {
  if (denominator === 0n) throw new RangeError('A fraction has a denominator other than zero.');
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

/** A number as an exact fraction. */
export const fractionOf = (value: bigint | Decimal): Fraction =>
  typeof value === 'bigint'
    ? { numerator: value, denominator: 1n }
    : { numerator: value.coefficient, denominator: powerOfTen(value.scale) };

/** So many of a hundred. */
export const percentage = (percent: Decimal): Fraction => {
  const { numerator, denominator } = fractionOf(percent);
  return { numerator, denominator: denominator * 100n };
};

export const plusFraction = (left: Fraction, right: Fraction): Fraction =>
  reducedFraction({
    numerator: left.numerator * right.denominator + right.numerator * left.denominator,
    denominator: left.denominator * right.denominator,
  });

export const minusFraction = (left: Fraction, { numerator, denominator }: Fraction): Fraction =>
  plusFraction(left, { numerator: -numerator, denominator });

export const timesFraction = (left: Fraction, right: Fraction): Fraction =>
  reducedFraction({
    numerator: left.numerator * right.numerator,
    denominator: left.denominator * right.denominator,
  });

export const dividedFraction = (left: Fraction, { numerator, denominator }: Fraction): Fraction =>
  timesFraction(left, { numerator: denominator, denominator: numerator });

/** The nearest integer, rounded once. */
export const roundedFraction = ({ numerator, denominator }: Fraction, rounding: Rounding): bigint =>
  roundedQuotient(numerator, denominator, rounding);

/** With `digits` after the point, rounded once; below zero, to tens, hundreds, … */
export const decimalOfFraction = (
  { numerator, denominator }: Fraction,
  digits: number,
  rounding: Rounding,
): Decimal => {
  const scaledDown = powerOfTen(Math.max(-digits, 0));
  const dividend = numerator * powerOfTen(Math.max(digits, 0));
  return new Decimal(roundedQuotient(dividend, denominator * scaledDown, rounding) * scaledDown, Math.max(digits, 0));
};

/** Exact: thirds and sevenths add up to what they are. */
export const sumOfParts = (parts: readonly Fraction[]): Fraction =>
  parts.reduce(plusFraction, { numerator: 0n, denominator: 1n });
