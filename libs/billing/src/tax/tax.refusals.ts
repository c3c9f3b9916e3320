import type { Refusals } from '#kernel';

export const TAX_REFUSALS: Refusals = {
  flat_tax_required: 'A flat tax has a rate: flat.basisPoints.',
  invalid_tax_rate: 'A rate holds to the day from which it holds, or to a later one.',
  tax_country_required: 'Whoever charges tax says in which country it is.',
  tax_rate_missing:
    'Tax is due in DE, and no rate of there is in force on 2026-01-01: define one, of 0 where none is charged.',
  too_many_tax_rates: 'A tenant has 1,000 tax rates at most, of all codes and days.',
};
