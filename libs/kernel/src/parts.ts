import { type Decimal } from './decimal.js';
import { decimalOfFraction, fractionOf, plusFraction, timesFraction } from './fraction.js';
import type { Fraction } from './money/money.js';
import type { Rounding } from './rounding.js';

/** Exact: thirds and sevenths add up to what they are. */
export const sumOfParts = (parts: readonly Fraction[]): Fraction =>
  parts.reduce(plusFraction, { numerator: 0n, denominator: 1n });

/** A decimal times a part of a whole, rounded once to `digits` after the point. */
export const roundedPart = (whole: Decimal, part: Fraction, digits: number, rounding: Rounding): Decimal =>
  decimalOfFraction(timesFraction(fractionOf(whole), part), digits, rounding);
