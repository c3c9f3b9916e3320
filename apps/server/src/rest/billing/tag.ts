import type { Tag } from '../../pipeline/tag.js';

export const BILLING: Tag = {
  name: 'Billing',
  means: 'Billing runs and invoices.',
  place: 60,
  parameters: {
    '/v1/invoices/': ['`inv_…`', 'inv_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/invoices/{id}/discounts/': ['`itm_…`, as its lines name it.', 'itm_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/invoices/{id}/lines/': ['`lin_…`', 'lin_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/accounts/{id}/invoice-items/': ['`itm_…`', 'itm_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/billing-runs/': ['`run_…`', 'run_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
