import type { PartyAddress, TaxFailure, TaxRate, TaxSettings } from '#contracts';
import type { LineId } from '#kernel';
import type { Buyer } from './buyer.js';
import type { TreatedRate } from './tax-treatment.js';

/** What taxes follow from, beside the lines. */
export interface TaxTerms {
  readonly settings: TaxSettings;
  readonly rates: readonly TaxRate[];
  readonly buyer: Buyer;
  /** Where the buyer is, as a service elsewhere may want to know it. */
  readonly address?: PartyAddress;
  /** What a service elsewhere said of the very lines, or what is to stand in for it. */
  readonly quote?: TaxQuote;
}

/** What a service elsewhere said of the lines of a document. */
export interface Quoted {
  /** Of the lines that it was asked about. */
  readonly linesDigest: string;
  readonly reference: string;
  readonly lines: ReadonlyMap<LineId, readonly TreatedRate[]>;
}

/** It said nothing. */
export interface Unquoted {
  readonly fallback: 'last_known' | 'fallback_rate';
  readonly failure: TaxFailure;
  /** Nothing is issued by it: what nothing is known of bears none. */
  readonly estimated?: true;
}

export type TaxQuote = Quoted | Unquoted;

/** For what is not issued yet: nobody is asked, and charges bear what they bore last. */
export const estimatedTax = (tax: TaxTerms): TaxTerms =>
  tax.settings.provider === 'http'
    ? { ...tax, quote: { fallback: 'last_known', failure: 'unavailable', estimated: true } }
    : tax;

export const isQuoted = (quote: TaxQuote): quote is Quoted => 'reference' in quote;
