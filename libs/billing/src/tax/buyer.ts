import type { Json } from '#kernel';
import { taxIdsIn } from '../party/party.js';

/** Who buys, as far as taxes go. */
export interface Buyer {
  /** ISO 3166-1 alpha-2; null where it is not known. */
  readonly country: string | null;
  readonly region: string | null;
  /** It has given a tax id. */
  readonly isBusiness: boolean;
}

/** From what a profile says of address and tax ids: nothing of an erased one. */
export const buyerOf = (profile: { readonly [field: string]: Json }): Buyer => {
  const { country, region } = (profile['billingAddress'] ?? {}) as {
    readonly country?: string;
    readonly region?: string;
  };
  const code = country?.toUpperCase() ?? '';
  return {
    country: /^[A-Z]{2}$/u.test(code) ? code : null,
    region: region ?? null,
    isBusiness: taxIdsIn(profile).length > 0,
  };
};
