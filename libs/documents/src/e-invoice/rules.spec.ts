import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BUYER, documentSource, itemLine, SELLER, type SampleTax } from '#testing';
import { money, sum } from '#kernel';
import type { DocumentSource } from '../document-source.js';
import type { Party } from '#contracts';
import { eInvoice } from './e-invoice-of.js';
import type { EProfile } from './e-invoice.js';
import { brokenRules } from './rules.js';

const LINES = [itemLine('Setup', 10_000n, { unitAmount: '100.00' })];
const INTRA_COMMUNITY: SampleTax = { category: 'K', rate: '0', reason: 'domestic' };
const REVERSE: SampleTax = { category: 'AE', rate: '0', reason: 'reverse_charge' };

const broken = (source: DocumentSource, profile: EProfile = 'en16931'): string[] =>
  brokenRules(eInvoice(source, 'en'), profile).map(({ rule, pointer }) => `${rule} ${pointer}`);

const without = (party: Party, ...fields: readonly (keyof Party)[]): Party =>
  Object.fromEntries(
    Object.entries(party).filter(([field]) => !fields.includes(field as keyof Party)),
  ) as unknown as Party;

const parties = (seller: Party, buyer: Party = BUYER, tax?: SampleTax | null): DocumentSource =>
  documentSource(LINES, tax, {}, { seller, buyer });

describe('the rules of EN 16931', () => {
  it.each<[string, SampleTax | null | undefined]>([
    ['a domestic invoice', undefined],
    ['reverse charge', REVERSE],
    ['one that is exempt', { category: 'E', rate: '0', reason: 'customer_exempt' }],
    ['one at zero', { category: 'Z', rate: '0', reason: 'domestic' }],
    ['one of a rate that is exempt', { category: 'E', rate: '0', reason: 'domestic' }],
    ['an intra-Community supply', { category: 'K', rate: '0', reason: 'destination' }],
    ['an export', { category: 'G', rate: '0', reason: 'destination' }],
    ['IGIC', { category: 'L', rate: '7', reason: 'domestic' }],
    ['IPSI at zero', { category: 'M', rate: '0', reason: 'domestic' }],
    ['one outside', { category: 'O', rate: '0', reason: 'outside' }],
    ['one without taxes', null],
  ])('are kept by %s of complete parties', (_, tax) => expect(broken(documentSource(LINES, tax))).toEqual([]));

  it.each<[string, DocumentSource, readonly string[]]>([
    ['no number', documentSource(LINES, undefined, { number: null }), ['BR-02 /number']],
    ['no issue date', documentSource(LINES, undefined, { issueDate: null }), ['BR-03 /issueDate']],
    ['no lines', documentSource([]), ['BR-16 /lines']],
    ['no description', documentSource([itemLine(' ', 100n)]), ['BR-25 /lines']],
    ['no name of the seller', parties({ ...SELLER, name: '' }), ['BR-06 /seller/name']],
    ['no name of the buyer', parties(SELLER, { ...BUYER, name: '' }), ['BR-07 /buyer/name']],
    [
      'no address of the seller',
      parties(without(SELLER, 'address')),
      ['BR-08 /seller/address', 'BR-09 /seller/address/country'],
    ],
    [
      'no country of the buyer',
      parties(SELLER, { ...BUYER, address: { city: 'Wien' } }),
      ['BR-11 /buyer/address/country'],
    ],
    [
      'a country that is none',
      parties(SELLER, { ...BUYER, address: { country: 'UK' } }),
      ['BR-CL-14 /buyer/address/country'],
    ],
    [
      'a VAT id of nowhere',
      parties({ ...SELLER, taxIds: [{ type: 'eu_vat', value: 'ZZ123' }] }),
      ['BR-CO-09 /seller/taxIds'],
    ],
    [
      'nothing to know the seller by',
      parties(without(SELLER, 'taxIds', 'registration')),
      ['BR-CO-26 /seller/taxIds', 'BR-S-02 /seller/taxIds'],
    ],
    [
      'no VAT id of the buyer who owes the tax',
      parties(SELLER, without(BUYER, 'taxIds'), REVERSE),
      ['BR-AE-02 /buyer/taxIds'],
    ],
    ...(
      [
        ['L', 'BR-AF-02'],
        ['M', 'BR-AG-02'],
        ['K', 'BR-IC-02'],
        ['G', 'BR-G-02'],
      ] as const
    ).map(([category, rule]): [string, DocumentSource, string[]] => [
      `no VAT id of the seller of category ${category}`,
      parties(without(SELLER, 'taxIds'), BUYER, { category, rate: '0', reason: 'domestic' }),
      [`${rule} /seller/taxIds`],
    ]),
    [
      'a tax number alone of the seller of an intra-Community supply',
      parties({ ...SELLER, taxIds: [{ type: 'de_tax_number', value: '12/345/67890' }] }, BUYER, INTRA_COMMUNITY),
      ['BR-IC-02 /seller/taxIds'],
    ],
    [
      'no country to which is delivered',
      parties(SELLER, { ...BUYER, shippingAddress: { city: 'Graz' } }, INTRA_COMMUNITY),
      ['BR-57 /buyer/shippingAddress/country', 'BR-IC-12 /buyer/shippingAddress/country'],
    ],
    [
      'a net that is not what the lines come to',
      documentSource(LINES, undefined, { subtotal: money(9_999n, 'EUR') }),
      ['BR-CO-10 /totals/net', 'BR-CO-15 /totals/gross'],
    ],
    [
      'three digits after the point',
      documentSource([itemLine('x', 1_000n, { amount: money(1_000n, 'KWD') })], null, {
        currency: 'KWD',
        amountPaid: money(0n, 'KWD'),
        amountCredited: money(0n, 'KWD'),
      }),
      ['BR-DEC-23 /currency'],
    ],
  ])('are broken by %s', (_, source, rules) => expect(broken(source)).toEqual(rules));

  it('are broken by two rates on a line', () => {
    const source = documentSource(LINES);
    const [tax] = source.document.invoice.taxes;
    const half = { ...tax!, amount: money(950n, 'EUR'), rate: '9.5' };
    const invoice = { ...source.document.invoice, taxes: [half, half] };
    expect(broken({ ...source, document: { ...source.document, invoice } })).toEqual(['BR-S-08 /vat']);
  });

  it('are broken by a tax that was rounded on 300 lines', () => {
    const lines = Array.from({ length: 300 }, () => itemLine('x', 13n));
    const source = documentSource(lines);
    const [tax] = source.document.invoice.taxes;
    const invoice = {
      ...source.document.invoice,
      taxes: [{ ...tax!, amount: money(600n, 'EUR') }],
      tax: money(600n, 'EUR'),
      total: money(4_500n, 'EUR'),
    };
    expect(tax!.amount.minor).toBe(741n);
    expect(broken({ ...source, document: { ...source.document, invoice } })).toEqual(['BR-CO-17 /vat']);
  });

  it('are kept by any amounts, which add up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -100_000n, max: 1_000_000n }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom('7', '19', '8.1', '0.4', '25.5'),
        (amounts, rate) => {
          const source = documentSource(
            amounts.map((minor) => itemLine('x', minor)),
            { category: 'S', rate, reason: 'domestic' },
          );
          const { totals, lines } = eInvoice(source, 'en');
          expect(totals.net).toEqual(
            sum(
              lines.map(({ net }) => net),
              'EUR',
            ),
          );
          // A rate below a half per cent is one of nothing to the official rules.
          const expected =
            rate === '0.4' && (totals.tax.minor > 49n || totals.tax.minor < -49n) ? ['BR-CO-17 /vat'] : [];
          expect(broken(source)).toEqual(expected);
        },
      ),
    );
  });
});

describe('the rules of profiles', () => {
  it('are kept where all is said', () => {
    expect(broken(documentSource(LINES), 'xrechnung')).toEqual([]);
    expect(broken(documentSource(LINES), 'peppol')).toEqual([]);
  });

  it('ask for more than the standard', () => {
    const bare = parties(
      { ...without(SELLER, 'bankAccounts', 'phone', 'email'), address: { country: 'DE' } },
      { ...without(BUYER, 'buyerReference', 'purchaseOrder', 'email'), address: { country: 'DE' } },
    );
    expect(broken(bare)).toEqual([]);
    expect(broken(bare, 'xrechnung').map((told) => told.split(' ')[0])).toEqual([
      'BR-DE-1',
      'BR-DE-3',
      'BR-DE-4',
      'BR-DE-6',
      'BR-DE-7',
      'BR-DE-8',
      'BR-DE-9',
      'BR-DE-15',
      'PEPPOL-EN16931-R010',
    ]);
    // Nobody is reached by e-mail there, but by a VAT id that the network knows.
    const unknown = parties(
      { ...SELLER, taxIds: [{ type: 'de_tax_number', value: '37/123/45678' }] },
      { ...without(BUYER, 'buyerReference', 'purchaseOrder'), taxIds: [{ type: 'no_vat', value: 'NO974760673MVA' }] },
    );
    expect(broken(unknown)).toEqual([]);
    expect(broken(unknown, 'peppol').map((told) => told.split(' ')[0])).toEqual([
      'PEPPOL-EN16931-R003',
      'PEPPOL-EN16931-R010',
      'PEPPOL-EN16931-R020',
    ]);
  });
});
