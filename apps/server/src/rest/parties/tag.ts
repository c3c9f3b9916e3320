import type { Tag } from '../../pipeline/tag.js';

export const LEGAL_ENTITIES: Tag = {
  name: 'Legal entities',
  means: 'Who sells: what your documents say of you.',
  place: 64,
  parameters: { '/v1/legal-entities/': ['`ent_…`', 'ent_01j9zq6e4hf0fvwpn5t5jzq3cd'] },
};
