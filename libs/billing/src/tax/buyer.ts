import type { TaxExemption } from '#contracts';
import type { Json, LocalDate } from '#kernel';
import { taxIdsIn } from '../party/party.js';
import { taxIdValidOn } from '../party/tax-id-check.js';
import { evidenceOf, exemptionsIn } from './exemption.js';

/** Who buys, as far as taxes go. */
export interface Buyer {
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly country: string | null;
  /** As ISO 3166-2 names it within the country; null where it is not known, or said otherwise. */
  readonly region: string | null;
  /** It has given a tax id of those that businesses have. */
  readonly isBusiness: boolean;
  /** The last day on which a register had called all its VAT ids valid; absent where it did not. */
  readonly checkedOn?: LocalDate;
  /** Its certificates, also those that do not hold any more; absent where it has none. */
  readonly exemptions?: readonly TaxExemption[];
}

/** From what a profile says of address and tax ids: nothing of an erased one. */
export const buyerOf = (profile: { readonly [field: string]: Json }): Buyer => {
  const { country, region } = (profile['billingAddress'] ?? {}) as {
    readonly country?: string;
    readonly region?: string;
  };
  const code = countryIn(country ?? '');
  const exemptions = exemptionsIn(profile).map(evidenceOf);
  const checkedOn = taxIdValidOn(profile);
  return {
    country: code,
    region: code === null ? null : regionIn(region ?? '', code),
    isBusiness: taxIdsIn(profile).some(({ type }) => type !== 'de_tax_number'),
    ...(checkedOn === undefined ? {} : { checkedOn }),
    ...(exemptions.length === 0 ? {} : { exemptions }),
  };
};

/** Greece is EL in its tax ids, and to many who write addresses. */
const countryIn = (text: string): string | null => {
  const code = text.trim().toUpperCase();
  if (code === 'EL') return 'GR';
  return /^[A-Z]{2}$/u.test(code) ? code : null;
};

/** `QC`, or `CA-QC`. What is written out is no code, and personal as the rest of the address is. */
const regionIn = (text: string, country: string): string | null => {
  const code = text.trim().toUpperCase();
  const own = code.startsWith(`${country}-`) ? code.slice(country.length + 1) : code;
  return /^[A-Z0-9]{1,3}$/u.test(own) ? own : null;
};
