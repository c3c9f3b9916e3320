import type { Tag } from '../../pipeline/tag.js';

export const ACCOUNTS: Tag = {
  name: 'Accounts',
  means: 'The parties that owe, and their state at any moment.',
  place: 20,
  parameters: {
    '/v1/accounts/': ['`acc_…` or `external:<externalId>`', 'external:cust-42'],
  },
};
