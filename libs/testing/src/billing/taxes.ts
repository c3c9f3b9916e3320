import type { TaxRate, TaxSettings } from '#contracts';
import type { TaxTerms } from '#billing/tax';
import { on } from '../moments.js';

/** Of Germany, unless told. */
export const aTaxRate = (code: string, percent: string, change: Partial<TaxRate> = {}): TaxRate => ({
  code,
  jurisdiction: 'DE',
  category: percent === '0' ? 'E' : 'S',
  rate: percent,
  validFrom: on('2020-01-01'),
  ...change,
});

/** A German seller that goes by rates, and a consumer there. */
export const taxedBy = (rates: readonly TaxRate[], settings: Partial<TaxSettings> = {}): TaxTerms => ({
  settings: { provider: 'rates', country: 'DE', rounding: 'document', prices: 'exclusive', ...settings },
  rates,
  buyer: { country: 'DE', region: null, isBusiness: false },
});
