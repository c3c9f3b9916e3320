/** What a coupon, or what was agreed, is refused with where it does not go with a subscription. */
export const REDEMPTION_REFUSALS = [
  'coupon_archived',
  'coupon_expired',
  'coupon_exhausted',
  'coupon_already_redeemed',
  'coupon_first_time_only',
  'coupon_redemption_lapsed',
  'discount_not_applicable',
  'discount_not_combinable',
  'discount_without_period',
  'too_many_discounts',
  'currency_mismatch',
] as const;
