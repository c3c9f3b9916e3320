import type { LineDiscount } from '#contracts';
import type { InvoiceId, LocalPeriod } from '#kernel';
import type { AppliedDiscount } from './applied-discount.js';
import { givenIn, poolOf } from './applied-discount.js';

interface Discounted {
  discounts: readonly AppliedDiscount[];
}

interface DiscountedLine {
  readonly period: LocalPeriod;
  readonly discounts?: readonly LineDiscount[];
}

/** Notes what a line takes off, or, where its invoice is void, no more does. */
export const noteTakenOff = (
  subscription: Discounted,
  { period, discounts: taken }: DiscountedLine,
  invoiceId: InvoiceId,
  sign: 1n | -1n,
): void => {
  if (taken === undefined) return;
  const noting = subscription.discounts.filter((one) => isNoted(one) && taken.some((off) => off.discountId === one.id));
  if (noting.length === 0) return;
  subscription.discounts = subscription.discounts.map((discount) => {
    if (!noting.includes(discount)) return discount;
    const own = taken.filter(({ discountId }) => discountId === discount.id);
    const noted = { ...discount, usedOn: usedOn(discount, invoiceId, sign) };
    if (discount.terms.percent !== undefined) return noted;
    const pool = poolOf(discount, period);
    const minor = own.reduce((total, { amount }) => total + sign * amount.minor, givenIn(discount, pool));
    return { ...noted, given: new Map(discount.given).set(pool, minor) };
  });
};

/** Of a percentage that counts more than once, each period says all of it. */
const isNoted = ({ terms }: AppliedDiscount): boolean => terms.percent === undefined || terms.duration === 'once';

/** What counts once is given back with the invoice that it took something off. */
const usedOn = ({ terms, usedOn: known }: AppliedDiscount, invoiceId: InvoiceId, sign: 1n | -1n): InvoiceId | null => {
  if (terms.duration !== 'once') return null;
  if (sign === 1n) return known ?? invoiceId;
  return known === invoiceId ? null : known;
};
