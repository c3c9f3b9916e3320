import type { Tag } from '../../pipeline/tag.js';

export const MONEY: Tag = {
  name: 'Money',
  means: 'Payments and books.',
  place: 70,
  parameters: {
    '/v1/payments/': ['`pay_…`', 'pay_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/refunds/': ['`rfd_…`', 'rfd_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/transfers/': ['`tfr_…` of a pending transfer', 'tfr_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
