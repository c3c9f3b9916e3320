import type { Refusals } from '#kernel';

export const NUMBERING_REFUSALS: Refusals = {
  number_series_not_found: 'There is no number series “2026”.',
};
