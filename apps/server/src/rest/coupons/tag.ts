import type { Tag } from '../../pipeline/tag.js';

export const COUPONS: Tag = {
  name: 'Coupons and discounts',
  means: 'What is taken off what subscriptions cost.',
  place: 45,
  parameters: {
    '/v1/coupons/': ['Code of the coupon, in capitals or not.', 'LAUNCH20'],
    '/v1/accounts/{id}/discounts/': ['`dsc_…`', 'dsc_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/subscriptions/{id}/discounts/': ['`dsc_…`', 'dsc_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
