import type { TaxCategory } from '#contracts';
import type { EInvoice } from './e-invoice.js';
import { isRegistered, isSaid, rule, type Rule } from './rule.js';

const bears = ({ vat }: EInvoice, category: TaxCategory): boolean => vat.some((part) => part.category === category);

/** What all categories ask for whose seller has to be known to an authority, by their names in the standard. */
const REGISTERED: Partial<Readonly<Record<TaxCategory, string>>> = {
  S: 'BR-S',
  Z: 'BR-Z',
  E: 'BR-E',
  AE: 'BR-AE',
  K: 'BR-IC',
  G: 'BR-G',
  L: 'BR-AF',
  M: 'BR-AG',
};

/** Of them, those for which a tax number is not enough. */
const KNOWN_BY_VAT_ID: ReadonlySet<string> = new Set(['K', 'G']);
/** Of them, those that are taxed at any rate, be it none. */
const AT_ANY_RATE: ReadonlySet<string> = new Set(['L', 'M']);

const ofCategories: readonly Rule[] = Object.entries(REGISTERED).flatMap(([category, name]) => [
  rule(
    `${name}-02`,
    ['BT-31', '/seller/taxIds'],
    KNOWN_BY_VAT_ID.has(category) ? 'The seller has no VAT id.' : 'The seller has neither a VAT id nor a tax number.',
    (invoice) =>
      !bears(invoice, category as TaxCategory) ||
      (KNOWN_BY_VAT_ID.has(category) ? isSaid(invoice.seller.vatId) : isRegistered(invoice.seller)),
  ),
  rule(
    `${name}-05`,
    ['BT-152', '/vat'],
    category === 'S' ? 'What is taxed has a rate above 0.' : 'What is not taxed has the rate 0.',
    ({ vat }) =>
      AT_ANY_RATE.has(category) ||
      vat.every((part) => part.category !== category || isZero(part.rate) === (category !== 'S')),
  ),
]);

const isZero = (rate: string): boolean => /^0(?:\.0+)?$/u.test(rate);

/** Why no tax is charged is told. */
const REASONED: readonly (readonly [TaxCategory, string])[] = [
  ['E', 'BR-E-10'],
  ['AE', 'BR-AE-10'],
  ['K', 'BR-IC-10'],
  ['G', 'BR-G-10'],
  ['O', 'BR-O-10'],
];

export const VAT_RULES: readonly Rule[] = [
  ...ofCategories,
  ...REASONED.map(([category, name]) =>
    rule(name, ['BT-120', '/vat'], 'It does not say why no tax is charged.', ({ vat }) =>
      vat.every((part) => part.category !== category || isSaid(part.reason) || isSaid(part.reasonCode)),
    ),
  ),
  rule(
    'BR-AE-02',
    ['BT-48', '/buyer/taxIds'],
    'The buyer, who accounts for the tax, has neither a VAT id nor a registration.',
    (invoice) => !bears(invoice, 'AE') || isSaid(invoice.buyer.vatId) || isSaid(invoice.buyer.registration),
  ),
  rule(
    'BR-IC-02',
    ['BT-48', '/buyer/taxIds'],
    'The buyer has no VAT id.',
    (invoice) => !bears(invoice, 'K') || isSaid(invoice.buyer.vatId),
  ),
  rule(
    'BR-IC-12',
    ['BT-80', '/buyer/shippingAddress/country'],
    'It does not say to which country is delivered.',
    (invoice) => !bears(invoice, 'K') || isSaid(invoice.deliverTo?.country),
  ),
];
