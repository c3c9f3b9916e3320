import type { EInvoice, EProfile } from './e-invoice.js';
import { isSaid, rule, type Rule } from './rule.js';

type Read = (invoice: EInvoice) => string | undefined;

const needed = (name: string, term: string, pointer: string, what: string, read: Read): Rule =>
  rule(name, [term, pointer], `This profile asks for ${what}.`, (invoice) => isSaid(read(invoice)));

const XRECHNUNG: readonly Rule[] = [
  rule(
    'BR-DE-1',
    ['BG-16', '/seller/bankAccounts'],
    'This profile asks for how to pay.',
    ({ paymentMeans }) => paymentMeans.length > 0,
  ),
  needed('BR-DE-3', 'BT-37', '/seller/address/city', 'the city of the seller', ({ seller }) => seller.address.city),
  needed(
    'BR-DE-4',
    'BT-38',
    '/seller/address/postalCode',
    'the post code of the seller',
    ({ seller }) => seller.address.postalCode,
  ),
  needed('BR-DE-6', 'BT-42', '/seller/phone', 'a telephone number of the seller', ({ seller }) => seller.phone),
  needed('BR-DE-7', 'BT-43', '/seller/email', 'an e-mail address of the seller', ({ seller }) => seller.email),
  needed('BR-DE-8', 'BT-52', '/buyer/address/city', 'the city of the buyer', ({ buyer }) => buyer.address.city),
  needed(
    'BR-DE-9',
    'BT-53',
    '/buyer/address/postalCode',
    'the post code of the buyer',
    ({ buyer }) => buyer.address.postalCode,
  ),
  needed(
    'BR-DE-15',
    'BT-10',
    '/buyer/buyerReference',
    'the reference of the buyer',
    (invoice) => invoice.buyerReference,
  ),
  needed(
    'PEPPOL-EN16931-R010',
    'BT-49',
    '/buyer/email',
    'an electronic address of the buyer',
    ({ buyer }) => buyer.email,
  ),
];

const PEPPOL: readonly Rule[] = [
  needed(
    'PEPPOL-EN16931-R003',
    'BT-10',
    '/buyer/buyerReference',
    'a reference or an order of the buyer',
    (invoice) => invoice.buyerReference ?? invoice.purchaseOrder,
  ),
  needed(
    'PEPPOL-EN16931-R010',
    'BT-49',
    '/buyer/taxIds',
    'a VAT id of the buyer by which the network knows it',
    ({ buyer }) => buyer.inNetwork?.id,
  ),
  needed(
    'PEPPOL-EN16931-R020',
    'BT-34',
    '/seller/taxIds',
    'a VAT id of the seller by which the network knows it',
    ({ seller }) => seller.inNetwork?.id,
  ),
];

/** Of what a profile asks for beyond the standard, what an invoice of ours could lack. */
export const PROFILE_RULES: Readonly<Record<EProfile, readonly Rule[]>> = {
  en16931: [],
  xrechnung: XRECHNUNG,
  peppol: PEPPOL,
};
