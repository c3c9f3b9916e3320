import { percentage, roundedQuotient, type Decimal, type Rounding } from '#kernel';

/** What a coupon takes off: a part of what is left, or a fixed amount in minor units. */
export type Discount = (
  { readonly kind: 'percent'; readonly percent: Decimal } | { readonly kind: 'amount'; readonly amount: bigint }
) & {
  /** So much of it is there to be taken off from; without it, all. */
  readonly on?: bigint;
};

/** A percentage of an amount in minor units, rounded once, half away from zero unless named. */
export const percentOf = (amount: bigint, percent: Decimal, rounding: Rounding = 'half_up'): bigint => {
  const { numerator, denominator } = percentage(percent);
  return roundedQuotient(amount * numerator, denominator, rounding);
};

/**
 * What each of several discounts takes off, in the order in which they were given. Percentages come first, each on what the
 * ones before it left; then fixed amounts; nothing goes below zero. So the order in which coupons were attached does not
 * matter to the total. Each is rounded once. (Meteroid, `invoice_lines/discount.rs`.)
 */
export const stackedDiscounts = (
  subtotal: bigint,
  discounts: readonly Discount[],
): { readonly each: readonly bigint[]; readonly total: bigint; readonly left: bigint } => {
  const taken = new Array<bigint>(discounts.length).fill(0n);
  let left = subtotal;
  const take = (index: number, wanted: bigint, there: bigint): void => {
    taken[index] = least(wanted, there);
    left -= taken[index];
  };
  discounts.forEach(({ on = left, ...discount }, index) => {
    if (discount.kind === 'percent') take(index, percentOf(least(on, left), discount.percent), left);
  });
  discounts.forEach(({ on = left, ...discount }, index) => {
    if (discount.kind === 'amount') take(index, discount.amount, least(on, left));
  });
  return { each: taken, total: subtotal - left, left };
};

/** Whether a discount still applies to a cycle, counted from 1; `null` cycles have no end. */
export const appliesInCycle = (cycles: number | null, cycle: number): boolean => cycles === null || cycle <= cycles;

/** What is left to pay of the same price in each of its first `bills` cycles under a discount that lasts for some of them. */
export const discountedCycles = (
  price: bigint,
  discount: Discount,
  cycles: number | null,
  bills: number,
): readonly bigint[] =>
  Array.from({ length: bills }, (_, index) =>
    appliesInCycle(cycles, index + 1) ? stackedDiscounts(price, [discount]).left : price,
  );

const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);
