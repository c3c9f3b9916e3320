import type { Tag } from '../../pipeline/tag.js';

export const USAGE: Tag = {
  name: 'Usage',
  means: 'What was used, and what meters count of it.',
  place: 50,
  parameters: {
    '/v1/usage/': ['The id that you gave the event.', 'req-1'],
  },
};
