import type { Refusals } from '#kernel';

export const DISCOUNT_REFUSALS: Refusals = {
  coupon_already_redeemed: 'The account has redeemed coupon “LAUNCH20” already.',
  coupon_first_time_only: 'Coupon “LAUNCH20” is for accounts without an invoice.',
  coupon_redemption_lapsed: 'This request took too long to redeem the coupon: ask again as a new one.',
  discount_not_applicable: 'It takes nothing off plan “llm-pro”.',
  discount_not_combinable: 'The subscription has another discount, and one of them goes with no other.',
  discount_not_found: 'There is no discount “dsc_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  discount_without_period: 'No period of the subscription begins any more of which nothing is billed.',
  invalid_discount: 'A discount is either a percentage or an amount.',
  too_many_discounts: 'A subscription has at most 20 discounts at a time.',
};
