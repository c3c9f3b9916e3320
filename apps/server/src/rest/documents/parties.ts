import type { TaxSettings, TenantSettings } from '#contracts';
import type { PersonalFields } from '#billing/account';
import type { Party, PartyAddress, PartyTaxId } from '#documents';

/** Who sells, as far as a tenant has said it. */
export const sellerOf = ({ name, legalName }: TenantSettings, { country, region }: TaxSettings): Party => ({
  name: legalName ?? name,
  ...(country === undefined ? {} : { address: { country, ...(region === undefined ? {} : { region }) } }),
});

/** Who buys: what an invoice keeps of the profile, or of a draft the profile. Nothing of an erased one. */
export const buyerOf = (personal: PersonalFields | null): Party => {
  const { name, email, billingAddress, taxId } = (personal ?? {}) as {
    readonly name?: string;
    readonly email?: string;
    readonly billingAddress?: PartyAddress;
    readonly taxId?: string;
  };
  return {
    name: name ?? '',
    ...(email === undefined ? {} : { email }),
    ...(billingAddress === undefined ? {} : { address: addressOf(billingAddress) }),
    ...(taxId === undefined ? {} : { taxIds: [taxIdOf(taxId)] }),
  };
};

const addressOf = ({ country, ...address }: PartyAddress): PartyAddress => ({
  ...address,
  ...(country === undefined ? {} : { country: country.toUpperCase() }),
});

/** Of the 27, and of Northern Ireland. */
const EU_VAT =
  /^(?:AT|BE|BG|CY|CZ|DE|DK|EE|EL|ES|FI|FR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK|XI)[0-9A-Z+*. -]{2,}$/u;

/** What kind of id it is shows by how it begins. */
const taxIdOf = (value: string): PartyTaxId => {
  if (EU_VAT.test(value)) return { type: 'eu_vat', value };
  if (/^GB[0-9A-Z ]{2,}$/u.test(value)) return { type: 'gb_vat', value };
  return { type: value.startsWith('CHE') ? 'ch_vat' : 'other', value };
};
