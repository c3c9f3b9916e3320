import type { Refusals } from '#kernel';

export const TAX_REFUSALS: Refusals = {
  flat_tax_required: 'A flat tax has a rate: flat.basisPoints.',
  invalid_tax_rate: 'A rate holds to the day from which it holds, or to a later one.',
  invalid_tax_exemption: 'A certificate holds to the day from which it holds, or to a later one.',
  tax_country_required: 'Whoever charges tax says in which country it is.',
  tax_exemption_exists: 'The account has a certificate of this jurisdiction with this number: remove that one.',
  tax_exemption_not_found: 'There is no tax exemption “txe_01j9zq6e4hf0fvwpn5t5jzq3cd”.',
  tax_not_known: 'What taxes it bears is said elsewhere, and was not asked for.',
  tax_provider_failed: 'The service that says what taxes it bears does not answer (unavailable): try again later.',
  tax_provider_not_configured: 'The installation names no service elsewhere that says taxes: TAX_PROVIDER_URL.',
  tax_rate_missing:
    'Tax is due in DE, and no rate of there is in force on 2026-01-01: define one, of 0 where none is charged.',
  too_many_tax_exemptions: 'An account has 100 certificates at most, also of those that are over.',
  too_many_tax_rates: 'A tenant has 1,000 tax rates at most, of all codes and days.',
};
