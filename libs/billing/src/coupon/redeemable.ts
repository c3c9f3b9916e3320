import type { Coupon } from '#contracts';
import { isBefore, notFound, parseMoney, refuseAt, type Instant, type Money } from '#kernel';
import type { Catalog } from '../catalog/catalog.decider.js';
import type { DiscountTerms, RedemptionLimits } from '../discount/discount.commands.js';

/** A coupon that may be redeemed at an instant. @throws DomainError `coupon_not_found` | `coupon_archived` | `coupon_expired` */
export const redeemable = ({ coupons }: Catalog, code: string, now: Instant): Coupon => {
  const coupon = coupons.get(code) ?? notFound('coupon', code);
  if (coupon.archived) return refuseAt('/coupon', 'coupon_archived', `Coupon “${code}” is archived.`);
  if (coupon.redeemBy !== undefined && !isBefore(now, coupon.redeemBy))
    return refuseAt('/coupon', 'coupon_expired', `Coupon “${code}” could be redeemed until ${coupon.redeemBy}.`);
  return coupon;
};

/** What it takes off of an account in a currency. @throws DomainError `currency_mismatch` */
export const discountOfCoupon = (
  coupon: Coupon,
  currency: string,
): { readonly terms: DiscountTerms; readonly limits: RedemptionLimits } => {
  const { code, name, percent, duration, periods, until, plans, charges, exclusive } = coupon;
  const { maxRedemptionsPerAccount: perAccount, firstTimeOnly } = coupon;
  return {
    terms: {
      coupon: code,
      name,
      ...(percent === undefined ? { amount: amountIn(coupon, currency) } : { percent }),
      duration,
      ...(periods === undefined ? {} : { periods }),
      ...(until === undefined ? {} : { ends: until }),
      ...(plans === undefined ? {} : { plans }),
      ...(charges === undefined ? {} : { charges }),
      ...(exclusive === undefined ? {} : { exclusive }),
    },
    limits: {
      ...(perAccount === undefined ? {} : { perAccount }),
      ...(firstTimeOnly === undefined ? {} : { firstTimeOnly }),
    },
  };
};

const amountIn = ({ code, amounts = {} }: Coupon, currency: string): Money => {
  const amount = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined;
  return amount === undefined
    ? refuseAt('/coupon', 'currency_mismatch', `Coupon “${code}” has no amount in ${currency}.`)
    : parseMoney(amount, currency);
};
