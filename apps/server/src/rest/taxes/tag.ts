import type { Tag } from '../../pipeline/tag.js';

export const TAXES: Tag = {
  name: 'Taxes',
  means: 'How a tenant charges tax, and the rates that it charges.',
  place: 65,
};
