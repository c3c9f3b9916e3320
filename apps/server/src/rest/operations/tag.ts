import type { Tag } from '../../pipeline/tag.js';

export const OPERATIONS: Tag = {
  name: 'Operations',
  means: 'Settings, keys, projections and health.',
  place: 110,
  parameters: {
    '/v1/api-keys/': ['`key_…`', 'key_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/tenants/': ['`tnt_…`', 'tnt_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/projections/': ['Name of the projection.', 'invoices'],
    '/v1/reactors/': ['`send-invoices`', 'send-invoices'],
  },
};
