export { type CouponRecord, ArchiveCoupon, DefineCoupon, SettleRedemption } from './use-cases/coupon.handlers.js';
export { CouponRedemptions } from './use-cases/coupon-redemptions.js';
export { streamOfCoupon } from './use-cases/redeeming.js';
