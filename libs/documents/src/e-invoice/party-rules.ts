import { isCountry } from '#kernel';
import type { EInvoice, EParty } from './e-invoice.js';
import { isSaid, rule, type Rule } from './rule.js';

interface Side {
  readonly who: 'seller' | 'buyer';
  readonly of: (invoice: EInvoice) => EParty;
  /** Names of rules and terms of this side. */
  readonly name: readonly [rule: string, term: string];
  readonly address: readonly [rule: string, term: string];
  readonly country: readonly [rule: string, term: string];
  readonly vatTerm: string;
}

const SELLER: Side = {
  who: 'seller',
  of: ({ seller }) => seller,
  name: ['BR-06', 'BT-27'],
  address: ['BR-08', 'BG-5'],
  country: ['BR-09', 'BT-40'],
  vatTerm: 'BT-31',
};

const BUYER: Side = {
  who: 'buyer',
  of: ({ buyer }) => buyer,
  name: ['BR-07', 'BT-44'],
  address: ['BR-10', 'BG-8'],
  country: ['BR-11', 'BT-55'],
  vatTerm: 'BT-48',
};

/** Greece says EL, and Northern Ireland XI. */
const isVatCountry = (vatId: string): boolean => isCountry(vatId.slice(0, 2)) || /^(?:EL|XI)/u.test(vatId);

const rulesOf = ({ who, of, name, address, country, vatTerm }: Side): Rule[] => {
  const at = (term: string, place: string) => [term, `/${who}/${place}`] as const;
  return [
    rule(name[0], at(name[1], 'name'), `The ${who} has no name.`, (invoice) => isSaid(of(invoice).name)),
    rule(address[0], at(address[1], 'address'), `The ${who} has no address.`, (invoice) => of(invoice).hasAddress),
    rule(country[0], at(country[1], 'address/country'), `The address of the ${who} has no country.`, (invoice) =>
      isSaid(of(invoice).address.country),
    ),
    rule('BR-CL-14', at(country[1], 'address/country'), 'A country is a code of ISO 3166-1.', (invoice) => {
      const code = of(invoice).address.country;
      return !isSaid(code) || isCountry(code);
    }),
    rule('BR-CO-09', at(vatTerm, 'taxIds'), `The VAT id of the ${who} does not begin with a country.`, (invoice) => {
      const { vatId } = of(invoice);
      return vatId === undefined || isVatCountry(vatId);
    }),
  ];
};

export const PARTY_RULES: readonly Rule[] = [
  ...rulesOf(SELLER),
  ...rulesOf(BUYER),
  rule(
    'BR-57',
    ['BT-80', '/buyer/shippingAddress/country'],
    'The address that is delivered to has no country.',
    ({ deliverTo }) => deliverTo === undefined || isSaid(deliverTo.country),
  ),
  rule(
    'BR-CO-26',
    ['BT-31', '/seller/taxIds'],
    'The seller has neither a VAT id nor a registration.',
    ({ seller: { vatId, identifier, registration } }) => [vatId, identifier, registration].some(isSaid),
  ),
];
