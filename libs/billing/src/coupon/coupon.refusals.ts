import type { Refusals } from '#kernel';

export const COUPON_REFUSALS: Refusals = {
  coupon_archived: 'Coupon “LAUNCH20” is archived.',
  coupon_exhausted: 'Coupon “LAUNCH20” has been redeemed 100 times: as often as it may be.',
  coupon_expired: 'Coupon “LAUNCH20” could be redeemed until 2026-07-01T00:00:00Z.',
};
