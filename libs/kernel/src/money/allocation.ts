import { Decimal } from '../decimal.js';

/**
 * Splits whole units by weights without losing one: each share is floored, then the largest remainders get the missing units,
 * ties in order (the method of largest remainder, Hamilton). Without any weight all shares weigh the same.
 */
export const allocate = (units: bigint, weights: readonly bigint[]): bigint[] => {
  const whole = weights.reduce((total, weight) => total + weight, 0n);
  if (whole === 0n) return weights.length === 0 ? [] : allocateEvenly(units, weights.length);
  const sign = units < 0n ? -1n : 1n;
  const shares = weights.map((weight, index) => {
    const product = units * sign * weight;
    return { index, floor: product / whole, remainder: product % whole };
  });
  let missing = units * sign - shares.reduce((total, { floor }) => total + floor, 0n);
  if (missing > 0n) {
    const byRemainder = [...shares].sort((left, right) =>
      left.remainder === right.remainder ? left.index - right.index : left.remainder > right.remainder ? -1 : 1,
    );
    for (const share of byRemainder) {
      if (missing === 0n) break;
      share.floor += 1n;
      missing -= 1n;
    }
  }
  return shares.map(({ floor }) => floor * sign);
};

const allocateEvenly = (units: bigint, parts: number): bigint[] =>
  allocate(
    units,
    Array.from({ length: parts }, () => 1n),
  );

/** A decimal amount split by decimal weights to `digits` after the point; the amount itself is rounded to them first. */
export const allocatedDecimal = (amount: Decimal, weights: readonly Decimal[], digits: number): Decimal[] => {
  const scale = Math.max(0, ...weights.map((weight) => weight.scale));
  const units = amount.rounded(digits, 'half_up').coefficientAt(digits);
  return allocate(
    units,
    weights.map((weight) => weight.coefficientAt(scale)),
  ).map((share) => new Decimal(share, digits));
};
