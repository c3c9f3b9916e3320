import type { Tag } from '../../pipeline/tag.js';

export const BANK: Tag = {
  name: 'Bank accounts',
  means: 'Bank statements: what came in, and whose it is.',
  place: 72,
  parameters: {
    '/v1/bank-accounts/': ['`bac_…`', 'bac_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/bank-accounts/{id}/entries/': ['`bke_…`', 'bke_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
