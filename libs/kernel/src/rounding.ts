/** `half_up` rounds half away from zero, `half_even` half to the even neighbour; `up` and `down` go away from and towards zero. */
export type Rounding = 'half_up' | 'half_even' | 'up' | 'down';

/** The integer nearest to `numerator / denominator`, rounded once. The denominator may be negative, never zero. */
export const roundedQuotient = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  const negative = numerator < 0n !== denominator < 0n;
  const dividend = numerator < 0n ? -numerator : numerator;
  const divisor = denominator < 0n ? -denominator : denominator;
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  const magnitude = remainder !== 0n && awayFromZero(quotient, remainder, divisor, rounding) ? quotient + 1n : quotient;
  return negative ? -magnitude : magnitude;
};

const awayFromZero = (quotient: bigint, remainder: bigint, divisor: bigint, rounding: Rounding): boolean => {
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'half_up':
      return remainder * 2n >= divisor;
    case 'half_even':
      return remainder * 2n > divisor || (remainder * 2n === divisor && quotient % 2n === 1n);
  }
};
