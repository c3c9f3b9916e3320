import type { Party, PartyAddress, TaxId } from '#contracts';
import { refuseAt, type Json } from '#kernel';

/** What is personal of an account, opened. */
interface Fields {
  readonly [field: string]: Json;
}

/** The first is the one that documents show first. Profiles of before there was a list have one, of no type. */
export const taxIdsIn = ({ taxIds, taxId }: Fields): readonly TaxId[] => {
  if (isList(taxIds)) return taxIds;
  return typeof taxId === 'string' && taxId.trim() !== '' ? [{ type: 'other', value: taxId }] : [];
};

const isList = (value: unknown): value is readonly TaxId[] => Array.isArray(value);

/**
 * A profile with what a change says of it: null removes a field. `taxId` is short for a list of one, of no type; the first one of a list
 * that is there changes nothing. @throws DomainError `tax_ids_disagree`
 */
export const changedContact = (before: Fields, change: Fields): Fields => {
  const { taxId: _, taxIds: __, ...rest } = { ...before, ...change };
  const taxIds = changedTaxIds(taxIdsIn(before), change);
  const said = Object.entries(rest).filter(([, value]) => !isNothing(value));
  return { ...Object.fromEntries(said), ...(taxIds.length === 0 ? {} : { taxIds: taxIds }) };
};

const changedTaxIds = (before: readonly TaxId[], { taxId, taxIds }: Fields): readonly TaxId[] => {
  const listed = taxIds === undefined ? before : taxIdsIn({ taxIds: taxIds ?? [] });
  if (taxId === undefined || taxId === (listed[0]?.value ?? null)) return listed;
  if (taxIds !== undefined)
    return refuseAt('/taxId', 'tax_ids_disagree', '`taxId` is the first of `taxIds`: say one of them, or the same.');
  return taxIdsIn({ taxId });
};

const isNothing = (value: Json): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** Who buys, as a document says it, from what it keeps of the profile. Nothing of an erased one. */
export const buyerIn = (fields: Fields): Party => {
  const { name, email, billingAddress, shippingAddress, purchaseOrder, buyerReference, language } = fields as {
    readonly name?: string;
    readonly email?: string;
    readonly billingAddress?: PartyAddress;
    readonly shippingAddress?: PartyAddress;
    readonly purchaseOrder?: string;
    readonly buyerReference?: string;
    readonly language?: string;
  };
  const taxIds = taxIdsIn(fields);
  return {
    name: name ?? '',
    ...(billingAddress === undefined ? {} : { address: withCountryCode(billingAddress) }),
    ...(shippingAddress === undefined ? {} : { shippingAddress: withCountryCode(shippingAddress) }),
    ...(taxIds.length === 0 ? {} : { taxIds }),
    ...(email === undefined ? {} : { email }),
    ...(purchaseOrder === undefined ? {} : { purchaseOrder }),
    ...(buyerReference === undefined ? {} : { buyerReference }),
    ...(language === undefined ? {} : { language }),
  };
};

const withCountryCode = ({ country, ...address }: PartyAddress): PartyAddress => ({
  ...address,
  ...(country === undefined ? {} : { country: country.toUpperCase() }),
});
