import type { Tag } from '../../pipeline/tag.js';

export const CATALOG: Tag = {
  name: 'Catalog',
  means: 'What is counted and what it costs.',
  place: 10,
  parameters: {
    '/v1/meters/': ['Key of the meter.', 'input_tokens'],
    '/v1/plans/': ['Key of the plan.', 'llm-pro'],
    '/v1/plans/{key}/versions/': ['Counted from 1.', '1'],
  },
};
