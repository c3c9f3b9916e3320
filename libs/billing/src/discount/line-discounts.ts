import type { AppliedTerms, LineDiscount } from '#contracts';
import { Decimal, money, type DiscountId, type LocalPeriod, type Money } from '#kernel';
import { isInWindow, poolOf, takenOff, type AppliedDiscount, type DiscountedLine } from './applied-discount.js';
import { stackedDiscounts, type Discount } from './discount.js';

/** What a charge comes to in a period by now, with all of its parts. */
export interface DiscountablePeriod {
  readonly charge: string;
  readonly period: LocalPeriod;
  readonly owed: Money;
  /** What of it is of these plans alone. */
  readonly owedOf: (plans: readonly string[]) => bigint;
  /** Live lines of it. */
  readonly prior: readonly DiscountedLine[];
  /** Minor units that all live lines, and those that are being made, have of a discount, by what shares them. */
  readonly given: (discount: AppliedDiscount, pool: string) => bigint;
}

export interface LineDiscounts {
  /** What they take off of all that is owed. */
  readonly total: bigint;
  /** What of that no line before took off. */
  readonly fresh: readonly LineDiscount[];
}

export const NO_DISCOUNTS: LineDiscounts = { total: 0n, fresh: [] };

/**
 * What discounts take off what a charge costs in a period, as a difference: what they come to on all that is owed by now, less what lines before
 * took off. Percentages first, each on what the ones before it left; then amounts, which whatever is billed of the same period shares, in the
 * order of the lines.
 */
export const lineDiscounts = (discounts: readonly AppliedDiscount[], on: DiscountablePeriod): LineDiscounts => {
  const told = discounts.flatMap((discount) => {
    const before = takenOff(on.prior, discount.id);
    const effect = effectOf(discount, on, before);
    return effect === null ? [] : [{ discount, before, effect }];
  });
  if (told.length === 0) return NO_DISCOUNTS;
  const { each, total } = stackedDiscounts(
    on.owed.minor < 0n ? 0n : on.owed.minor,
    told.map(({ effect }) => effect),
  );
  const fresh = told.flatMap(({ discount: { id, terms }, before }, index) =>
    each[index] === before ? [] : [lineDiscount(id, terms, money(each[index]! - before, on.owed.currency))],
  );
  return { total, fresh };
};

const lineDiscount = (discountId: DiscountId, { name }: AppliedTerms, amount: Money): LineDiscount => ({
  discountId,
  name,
  amount,
});

/** Null where it neither counts nor has counted. Where it counts no more, what was taken off stays as far as so much is owed. */
const effectOf = (discount: AppliedDiscount, on: DiscountablePeriod, before: bigint): Discount | null => {
  const { terms } = discount;
  if (!countsIn(discount, on)) return before === 0n ? null : { kind: 'amount', amount: before };
  const base = terms.plans === undefined ? {} : { on: atLeastZero(on.owedOf(terms.plans)) };
  if (terms.percent !== undefined) return { kind: 'percent', percent: Decimal.parse(terms.percent), ...base };
  const elsewhere = on.given(discount, poolOf(discount, on.period)) - before;
  return { kind: 'amount', amount: atLeastZero(terms.amount!.minor - elsewhere), ...base };
};

const countsIn = (discount: AppliedDiscount, { charge, period, prior }: DiscountablePeriod): boolean => {
  const { terms, usedOn } = discount;
  if (terms.charges !== undefined && !terms.charges.includes(charge)) return false;
  if (!isInWindow(discount, period)) return false;
  // What one invoice was to have, what comes later of the same has, too.
  return terms.duration !== 'once' || usedOn === null || prior.some(({ invoiceId }) => invoiceId === usedOn);
};

const atLeastZero = (minor: bigint): bigint => (minor < 0n ? 0n : minor);
