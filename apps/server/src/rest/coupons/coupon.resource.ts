import type { DiscountDuration } from '#contracts';
import type { CouponRecord } from '#billing/coupon';
import type { RedemptionRecord } from '#projections/coupons';
import type { MoneyDto } from '../../pipeline/money.dto.js';

export class CouponResource {
  /** @example "LAUNCH20" */
  code!: string;
  /** @example "Launch" */
  name!: string;
  /** @example "20" */
  percent!: string | null;
  /** In place of a percentage: once in each period, by currency. @example [] */
  amounts!: MoneyDto[];
  /** @example "periods" */
  duration!: DiscountDuration;
  /** @example 3 */
  periods!: number | null;
  /** @example null */
  until!: string | null;
  /** Null: all. @example null */
  plans!: string[] | null;
  /** Null: all. @example null */
  charges!: string[] | null;
  /** @example false */
  exclusive!: boolean;
  /** @example "2030-01-01T00:00:00Z" */
  redeemBy!: string | null;
  /** @example 100 */
  maxRedemptions!: number | null;
  /** @example 1 */
  maxRedemptionsPerAccount!: number | null;
  /** @example false */
  firstTimeOnly!: boolean;
  /** How often it was redeemed. @example 42 */
  redemptions!: number;
  /** @example false */
  archived!: boolean;
}

export class RedemptionResource {
  /** @example "dsc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  discountId!: string;
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** `reserved`: held for a request that is not through. @example "redeemed" */
  status!: 'reserved' | 'redeemed';
  /** @example "2026-01-15T09:00:00Z" */
  reservedAt!: string;
}

export const couponResource = ({ coupon, archived, redemptions }: CouponRecord): CouponResource => ({
  code: coupon.code,
  name: coupon.name,
  percent: coupon.percent ?? null,
  amounts: Object.entries(coupon.amounts ?? {}).map(([currency, amount]) => ({ amount, currency })),
  duration: coupon.duration,
  periods: coupon.periods ?? null,
  until: coupon.until ?? null,
  plans: coupon.plans ? [...coupon.plans] : null,
  charges: coupon.charges ? [...coupon.charges] : null,
  exclusive: coupon.exclusive === true,
  redeemBy: coupon.redeemBy ?? null,
  maxRedemptions: coupon.maxRedemptions ?? null,
  maxRedemptionsPerAccount: coupon.maxRedemptionsPerAccount ?? null,
  firstTimeOnly: coupon.firstTimeOnly === true,
  redemptions,
  archived,
});

export const redemptionResource = ({ confirmed, ...redemption }: RedemptionRecord): RedemptionResource => ({
  ...redemption,
  status: confirmed ? 'redeemed' : 'reserved',
});
