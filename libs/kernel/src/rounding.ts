/**
 * `half_up` rounds half away from zero, `half_even` half to the even neighbour; `up` and `down` go away from and towards
 * zero, `ceiling` and `floor` to the greater and the lesser neighbour.
 */
export type Rounding = 'half_up' | 'half_even' | 'up' | 'down' | 'ceiling' | 'floor';

/** The integer nearest to `numerator / denominator`, rounded once. The denominator may be negative, never zero. */
export const roundedQuotient = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  const negative = numerator < 0n !== denominator < 0n;
  const dividend = numerator < 0n ? -numerator : numerator;
  const divisor = denominator < 0n ? -denominator : denominator;
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  const away = remainder !== 0n && awayFromZero(quotient, remainder, divisor, sided(rounding, negative));
  const magnitude = away ? quotient + 1n : quotient;
  return negative ? -magnitude : magnitude;
};

type Sided = Exclude<Rounding, 'ceiling' | 'floor'>;

const sided = (rounding: Rounding, negative: boolean): Sided => {
  if (rounding === 'ceiling') return negative ? 'down' : 'up';
  if (rounding === 'floor') return negative ? 'up' : 'down';
  return rounding;
};

const awayFromZero = (quotient: bigint, remainder: bigint, divisor: bigint, rounding: Sided): boolean => {
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
