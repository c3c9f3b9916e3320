import type { BankAccount, Party, TaxId } from '#contracts';
import { byVatId } from './electronic-address.js';
import type { CreditTransfer, EAddress, EParty, EVat } from './e-invoice.js';

/** What is not subject to VAT says nothing of VAT ids (BR-O-02): there they are plain identifiers. */
export const eParty = (party: Party, isSubjectToVat: boolean): EParty => {
  const { name, address = {}, taxIds = [], registration, email, phone } = party;
  const vat = taxIds.find(isVatId);
  const other = taxIds.find((taxId) => !isVatId(taxId));
  return {
    name,
    identifier: isSubjectToVat ? undefined : (vat ?? other) && compact((vat ?? other)!),
    registration,
    vatId: isSubjectToVat ? vat && compact(vat) : undefined,
    taxNumber: isSubjectToVat ? other?.value : undefined,
    address,
    hasAddress: Object.keys(address).length > 0,
    email,
    inNetwork: vat && byVatId(compact(vat)),
    phone,
  };
};

/** Of what goes from one state of the EU to another, to where is always told (BR-IC-12). */
export const deliverTo = ({ address, shippingAddress }: Party, vat: readonly EVat[]): EAddress | undefined =>
  shippingAddress ?? (vat.some(({ category }) => category === 'K') ? address : undefined);

/** Begins with the country that gave it: `DE123456789`, `CHE123456789MWST`. */
const isVatId = ({ type, value }: TaxId): boolean => type.endsWith('_vat') && /^[A-Z]{2}/u.test(value);

const compact = ({ value }: TaxId): string => value.replaceAll(/[\s.-]/gu, '');

export const creditTransfer = (account: BankAccount, currency: string): CreditTransfer[] => {
  const number = account.iban ?? account.accountNumber;
  if (number === undefined) return [];
  return [
    {
      means: account.iban !== undefined && currency === 'EUR' ? '58' : '30',
      account: number.replaceAll(' ', ''),
      isIban: account.iban !== undefined,
      holder: account.accountHolder,
      bic: account.bic,
    },
  ];
};
