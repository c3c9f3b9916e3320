import type { Refusals } from '#kernel';

export const RATING_REFUSALS: Refusals = {
  division_by_zero: 'Nothing is divided by zero.',
  invalid_matrix: 'A cell names dimensions of the price alone.',
  invalid_package_size: 'A package has a size above zero.',
  invalid_tiers: 'Each tier ends above the one before it.',
  maximum_below_minimum: 'The maximum is below the minimum.',
  negative: 'This is not below zero.',
  tier_not_found: 'The price has no such tier.',
};
