import type { Tag } from '../../pipeline/tag.js';

export const REPORTS: Tag = {
  name: 'Reports',
  means: 'Read models over all accounts; all take `asOf`.',
  place: 80,
};
