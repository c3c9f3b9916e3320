import type { Tag } from '../../pipeline/tag.js';

export const SUBSCRIPTIONS: Tag = {
  name: 'Subscriptions',
  means: 'Who has which plan, and since when.',
  place: 40,
  parameters: {
    '/v1/subscriptions/': ['`sub_…` or `external:<externalId>`', 'external:sub-42'],
    '/v1/subscriptions/{id}/changes/': ['Id of the change.', '0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11'],
  },
};
