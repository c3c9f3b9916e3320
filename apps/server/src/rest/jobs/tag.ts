import type { Tag } from '../../pipeline/tag.js';

export const JOBS: Tag = {
  name: 'Jobs',
  means: 'What falls due by itself: when, what was refused and why.',
  place: 105,
  parameters: { '/v1/jobs/': ['As a list of jobs names it.', 'account-….bill:sub_01j9zq6e4hf0fvwpn5t5jzq3cd'] },
};
