import type { Tag } from '../../pipeline/tag.js';

export const TEST_CLOCKS: Tag = {
  name: 'Test clocks',
  means: 'Simulated clocks for test accounts and test tenants: advance time to see renewals, trials and due invoices.',
  place: 30,
  parameters: {
    '/v1/test-clocks/': ['`clk_…`', 'clk_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
