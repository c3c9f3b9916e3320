import type { Tag } from '../../pipeline/tag.js';

export const WALLETS: Tag = {
  name: 'Wallets',
  means: 'Credit that is bought or given, and pays invoices as they are issued.',
  place: 66,
  parameters: {
    '/v1/wallets/': ['`wal_…`', 'wal_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/wallets/{id}/grants/': ['`grt_…`', 'grt_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
