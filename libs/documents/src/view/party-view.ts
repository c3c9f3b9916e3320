import type { BankAccount, Party, PartyAddress, TaxId } from '#contracts';
import { groupedReference, referenceFor } from '#kernel';
import type { Formats } from '../formats.js';
import type { Texts } from '../texts/texts.js';
import type { Labelled, PartyView } from './invoice-view.js';

export const partyView = (label: string, party: Party, formats: Formats, texts: Texts): PartyView => ({
  label,
  name: party.name,
  lines: party.address === undefined ? [] : addressLines(party.address, formats),
  details: [
    ...(party.taxIds ?? []).map((taxId) => ({ label: taxIdLabel(taxId, texts), value: taxId.value })),
    ...labelled([
      [texts.registration, party.registration],
      [texts.email, party.email],
      [texts.phone, party.phone],
      [texts.website, party.website],
    ]),
  ],
});

/** With the reference that a document of this number is paid with to that account. */
export const accountView = (account: BankAccount, number: string | null, texts: Texts): readonly Labelled[] =>
  labelled([
    [texts.accountHolder, account.accountHolder],
    [texts.bank, account.bankName],
    ['IBAN', account.iban === undefined ? undefined : inFours(account.iban)],
    ['BIC', account.bic],
    [texts.accountNumber, account.accountNumber],
    [texts.routingNumber, account.routingNumber],
    [texts.paymentReference, number === null ? undefined : groupedReference(referenceFor(number, account.iban))],
  ]);

/** Of the pairs, those that say something. */
export const labelled = (pairs: readonly (readonly [label: string, value: string | undefined])[]): Labelled[] =>
  pairs.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));

const addressLines = ({ line1, line2, city, region, postalCode, country }: PartyAddress, formats: Formats): string[] =>
  [line1, line2, [postalCode, city].filter(isSaid).join(' '), region, country && formats.country(country)].filter(
    isSaid,
  );

const isSaid = (text: string | undefined): text is string => text !== undefined && text !== '';

const taxIdLabel = ({ type }: TaxId, { vatId, taxNumber }: Texts): string => {
  if (type === 'us_ein') return 'EIN';
  return type.endsWith('_vat') ? vatId : taxNumber;
};

const inFours = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/gu, '$1 ');
