import type { Tag } from '../../pipeline/tag.js';

export const TAXES: Tag = {
  name: 'Taxes',
  means: 'How a tenant charges tax, the rates that it charges, and who is exempt of which.',
  place: 65,
  parameters: {
    '/v1/accounts/{id}/tax-exemptions/': ['`txe_…`', 'txe_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
