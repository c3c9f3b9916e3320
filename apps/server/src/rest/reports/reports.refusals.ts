import type { Refusals } from '#kernel';

export const REPORT_REFUSALS: Refusals = {
  too_many_movements: 'A report has at most 10000 movements.',
  too_many_points: 'A report has at most 1000 points.',
};
