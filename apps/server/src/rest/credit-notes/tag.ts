import type { Tag } from '../../pipeline/tag.js';

export const CREDIT_NOTES: Tag = {
  name: 'Credit notes',
  means: 'What is given back of invoices that were issued.',
  place: 63,
  parameters: { '/v1/credit-notes/': ['`crn_…`', 'crn_01j9zq6e4hf0fvwpn5t5jzq3cd'] },
};
