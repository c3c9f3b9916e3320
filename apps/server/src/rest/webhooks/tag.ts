import type { Tag } from '../../pipeline/tag.js';

export const WEBHOOKS: Tag = {
  name: 'Webhooks',
  means: 'Public events that are posted to URLs of yours, and what became of each.',
  place: 95,
  parameters: {
    '/v1/webhook-endpoints/': ['`whe_…`', 'whe_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/webhook-deliveries/': ['`whd_…`', 'whd_01j9zq6e4hf0fvwpn5t5jzq3cd'],
    '/v1/webhook-replays/': ['`whr_…`', 'whr_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
