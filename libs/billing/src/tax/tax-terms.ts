import type { TaxRate, TaxSettings } from '#contracts';
import type { Buyer } from './buyer.js';

/** What taxes follow from, beside the lines. */
export interface TaxTerms {
  readonly settings: TaxSettings;
  readonly rates: readonly TaxRate[];
  readonly buyer: Buyer;
}
