import { Decimal, decimalOfFraction, dividedFraction, fractionOf, maxDecimal } from '#kernel';
import { priceDecimal } from './price-decimal.js';
import type { UnitConversion } from './price.js';

/** A quotient without a rounding of its own is rounded here, far below any price. */
export const QUOTIENT = { mode: 'half_up', digits: 12 } as const;

/** The units that are priced of a quantity that was measured: multiplied, divided, rounded once, less what is free; never below zero. */
export const convertedUnits = (quantity: Decimal, conversion: UnitConversion): Decimal => {
  const { multiplyBy, divideBy, rounding, freeUnits } = conversion;
  const multiplied = multiplyBy === undefined ? quantity : quantity.times(priceDecimal(multiplyBy));
  const converted =
    divideBy === undefined
      ? rounding === undefined
        ? multiplied
        : multiplied.rounded(rounding.digits, rounding.mode)
      : quotient(multiplied, priceDecimal(divideBy), rounding ?? QUOTIENT);
  return freeUnits === undefined ? converted : maxDecimal(converted.minus(priceDecimal(freeUnits)), Decimal.zero);
};

const quotient = (
  units: Decimal,
  divisor: Decimal,
  { mode, digits }: NonNullable<UnitConversion['rounding']>,
): Decimal => decimalOfFraction(dividedFraction(fractionOf(units), fractionOf(divisor)), digits, mode);
