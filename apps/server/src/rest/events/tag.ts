import type { Tag } from '../../pipeline/tag.js';

export const EVENTS: Tag = {
  name: 'Events',
  means: 'What happened, published as it happens.',
  place: 90,
};
