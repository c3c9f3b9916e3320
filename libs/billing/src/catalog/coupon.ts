import type { Coupon, Fact } from '#contracts';
import { Decimal, refuseAt } from '#kernel';
import { refuseSenseless } from '../discount/discount-terms.js';

/** What is in the catalog already. */
interface Known {
  readonly coupons: ReadonlyMap<string, unknown>;
  readonly plans: ReadonlyMap<string, unknown>;
}

/** @throws DomainError `coupon_already_exists` | `invalid_discount` | `plan_not_found` */
export const couponDefined = (coupon: Coupon, { coupons, plans }: Known): Fact<'CouponDefined'> => {
  const { code, percent, amounts = {}, plans: named = [], duration, periods, until } = coupon;
  if (coupons.has(code))
    return refuseAt('/code', 'coupon_already_exists', `There is a coupon “${code}” already.`, 'conflict');
  refuseSenseless({
    ...(percent === undefined ? {} : { percent }),
    hasAmount: Object.keys(amounts).length > 0,
    duration,
    ...(periods === undefined ? {} : { periods }),
    ...(until === undefined ? {} : { until }),
  });
  const nothing = Object.values(amounts).findIndex((amount) => Decimal.parse(amount).compare(Decimal.zero) <= 0);
  if (nothing >= 0)
    return refuseAt(`/amounts/${nothing}/amount`, 'invalid_discount', 'What is taken off is above zero.');
  const unknown = named.findIndex((key) => !plans.has(key));
  if (unknown >= 0)
    return refuseAt(`/plans/${unknown}`, 'plan_not_found', `There is no plan “${named[unknown]!}”.`, 'not_found');
  return { type: 'CouponDefined', data: coupon };
};
