import { allocate, Decimal, decimalOfFraction } from '#kernel';

/** A discount on a pool of lines, in minor units; without `eligible` on all of them. */
export interface PooledDiscount {
  readonly amount: bigint;
  readonly eligible?: readonly string[];
}

export interface DiscountableLine {
  readonly id: string;
  readonly amount: bigint;
}

/** What each line bears of a discount, and what is left of it: never more than there is, by largest remainder. */
export const distributeDiscount = (
  amounts: readonly bigint[],
  discount: bigint,
): { readonly shares: readonly bigint[]; readonly net: readonly bigint[] } => {
  const whole = amounts.reduce((total, amount) => total + amount, 0n);
  const shares = allocate(discount < whole ? discount : whole, amounts);
  return { shares, net: amounts.map((amount, index) => amount - shares[index]!) };
};

/**
 * What of each pooled discount falls on each line, in minor units: in the order of the discounts, each in proportion to what
 * the ones before it left of its eligible lines. With 0 digits shares are whole units by largest remainder and add up to the
 * discount; with more they are rounded one by one (Lago keeps 5, `coupons_breakdown_spec.rb`).
 */
export const pooledDiscountShares = (
  lines: readonly DiscountableLine[],
  discounts: readonly PooledDiscount[],
  digits = 0,
): { readonly shares: readonly Decimal[]; readonly total: bigint } => {
  const left = lines.map(({ amount }) => Decimal.of(amount));
  let total = 0n;
  for (const { amount, eligible } of discounts) {
    const reached = lines.flatMap(({ id }, index) => (eligible?.includes(id) === false ? [] : [index]));
    const weights = reached.map((index) => left[index]!);
    const pool = weights.reduce((sum, weight) => sum.plus(weight), Decimal.zero);
    const taken = atMost(amount, pool);
    total += taken;
    sharesOf(taken, weights, pool, digits).forEach((share, place) => {
      const index = reached[place]!;
      left[index] = left[index]!.minus(share);
    });
  }
  return { shares: lines.map(({ amount }, index) => Decimal.of(amount).minus(left[index]!)), total };
};

/** A pool that was shared with digits behind the point holds a whole number of units again once it is rounded. */
const atMost = (amount: bigint, pool: Decimal): bigint => {
  const whole = pool.rounded(0, 'half_up').coefficient;
  return amount < whole ? amount : whole;
};

const sharesOf = (taken: bigint, weights: readonly Decimal[], pool: Decimal, digits: number): readonly Decimal[] => {
  if (pool.isZero || taken === 0n) return weights.map(() => Decimal.zero);
  const scale = Math.max(...weights.map((weight) => weight.scale));
  const units = weights.map((weight) => weight.coefficientAt(scale));
  if (digits === 0) return allocate(taken, units).map((share) => Decimal.of(share));
  const denominator = pool.coefficientAt(Math.max(scale, pool.scale));
  return units.map((unit) => decimalOfFraction({ numerator: taken * unit, denominator }, digits, 'half_up'));
};
