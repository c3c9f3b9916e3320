import type { Tag } from '../../pipeline/tag.js';

export const AUDIT: Tag = {
  name: 'Audit',
  means: 'Who changed what and who read personal data; comparisons of what is served with what the log says.',
  place: 100,
  parameters: {
    '/v1/audit/verifications/': ['`ver_…`', 'ver_01j9zq6e4hf0fvwpn5t5jzq3cd'],
  },
};
