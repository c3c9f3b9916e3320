import type { TaxRate, TaxSettings } from '#contracts';
import { on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { Buyer } from './buyer.js';
import { buyerOf } from './buyer.js';
import { taxTreatment, type Sale } from './tax-treatment.js';

const DAY = on('2026-07-01');
const settings = (change: Partial<TaxSettings> = {}): TaxSettings => ({
  provider: 'rates',
  country: 'DE',
  rounding: 'document',
  prices: 'exclusive',
  ...change,
});
const rate = (code: string, jurisdiction: string, percent: string, change: Partial<TaxRate> = {}): TaxRate => ({
  code,
  jurisdiction,
  category: percent === '0' ? 'Z' : 'S',
  rate: percent,
  validFrom: on('2020-01-01'),
  ...change,
});
const RATES = [rate('de', 'DE', '19'), rate('fr', 'FR', '20'), rate('gb', 'GB', '20')];
const buyer = (country: string | null, change: Partial<Buyer> = {}): Buyer => ({
  country,
  region: null,
  isBusiness: false,
  ...change,
});
const BUSINESS = { isBusiness: true };

/** Reason, and the rates by their codes. */
const treated = (
  who: Buyer,
  how = settings(),
  rates: readonly TaxRate[] = RATES,
  status: 'taxable' | 'exempt' = 'taxable',
  sale: Partial<Sale> = {},
): unknown => {
  const treatment = taxTreatment(how, rates, who, status, { on: DAY, ...sale });
  return (
    treatment && [
      treatment.reason,
      ...treatment.rates.map(({ code, category, rate: percent }) => [code, category, percent]),
    ]
  );
};

describe('the tax of a sale', () => {
  it('is none where the tenant charges none', () => {
    expect(treated(buyer('DE'), settings({ provider: 'none' }))).toBeNull();
  });

  it.each<[string, Buyer, Partial<TaxSettings>, unknown]>([
    ['a consumer at home', buyer('DE'), {}, ['domestic', ['de', 'S', '19']]],
    ['a business at home', buyer('DE', BUSINESS), {}, ['domestic', ['de', 'S', '19']]],
    ['a business in another state', buyer('FR', BUSINESS), {}, ['reverse_charge', ['reverse_charge', 'AE', '0']]],
    ['a consumer in another state', buyer('FR'), {}, ['below_threshold', ['de', 'S', '19']]],
    ['a consumer in another state, by OSS', buyer('FR'), { oss: true }, ['destination', ['fr', 'S', '20']]],
    ['somebody outside the EU', buyer('US'), {}, ['outside', ['outside', 'O', '0']]],
    ['a business outside the EU', buyer('GB', BUSINESS), {}, ['outside', ['outside', 'O', '0']]],
    ['somebody whose country is not known', buyer(null), {}, ['buyer_country_unknown', ['de', 'S', '19']]],
  ])('in the EU, to %s', (_, who, change, expected) => {
    expect(treated(who, settings(change))).toEqual(expected);
  });

  it.each([
    ['nobody asked about', undefined, ['tax_id_unchecked', ['de', 'S', '19']]],
    ['was valid thirty days ago', '2026-06-01', ['reverse_charge', ['reverse_charge', 'AE', '0']]],
    ['was valid before that', '2026-05-31', ['tax_id_unchecked', ['de', 'S', '19']]],
  ])('in the EU, to a business in another state whose tax id %s, where it has to be checked', (_, day, expected) => {
    const business = buyer('FR', { ...BUSINESS, ...(day === undefined ? {} : { checkedOn: on(day) }) });
    expect(treated(business, settings({ requireCheckedTaxId: true }))).toEqual(expected);
    if (day === undefined)
      expect(treated(business, settings({ requireCheckedTaxId: true, oss: true }))).toEqual([
        'tax_id_unchecked',
        ['fr', 'S', '20'],
      ]);
    expect(treated(business)).toEqual(['reverse_charge', ['reverse_charge', 'AE', '0']]);
  });

  it('outside the EU is charged where the seller has rates: at home, and where it is registered', () => {
    const seller = settings({ country: 'US', region: 'NY' });
    const rates = [
      rate('us-ny-city', 'US-NY', '4.5'),
      rate('us-ny', 'US-NY', '4'),
      rate('us-ca', 'US-CA', '7.25'),
      rate('us', 'US', '0'),
      ...RATES,
    ];
    expect(treated(buyer('US', { region: 'NY' }), seller, rates)).toEqual([
      'domestic',
      ['us', 'Z', '0'],
      ['us-ny', 'S', '4'],
      ['us-ny-city', 'S', '4.5'],
    ]);
    expect(treated(buyer('US', { region: 'OR' }), seller, rates)).toEqual(['domestic', ['us', 'Z', '0']]);
    expect(treated(buyer('GB', BUSINESS), seller, rates)).toEqual(['destination', ['gb', 'S', '20']]);
    expect(treated(buyer('JP'), seller, rates)).toEqual(['outside', ['outside', 'O', '0']]);
  });

  it('is none of a customer that is exempt', () => {
    expect(treated(buyer('DE'), settings(), RATES, 'exempt')).toEqual(['customer_exempt', ['exempt', 'E', '0']]);
  });

  describe('to whoever has a certificate', () => {
    const ny = [rate('us-ny-city', 'US-NY', '4.5'), rate('us-ny', 'US-NY', '4'), rate('us', 'US', '1')];
    const seller = settings({ country: 'US' });
    const inNewYork = (...exemptions: NonNullable<Buyer['exemptions']>): Buyer =>
      buyer('US', { region: 'NY', exemptions });
    const EXEMPT = ['customer_exempt', ['exempt', 'E', '0']];

    it('is none of its country, be there rates of it or not', () => {
      expect(treated(inNewYork({ jurisdiction: 'US' }), seller, ny)).toEqual(EXEMPT);
      expect(treated(inNewYork({ jurisdiction: 'US' }), seller, [])).toEqual(EXEMPT);
      const flat = settings({ provider: 'flat', country: 'CH', flat: { basisPoints: 810, b2bExempt: false } });
      expect(treated(buyer('US', { exemptions: [{ jurisdiction: 'CH' }] }), flat)).toEqual(EXEMPT);
    });

    it('is that of the country alone, where its region let it off', () => {
      expect(treated(inNewYork({ jurisdiction: 'US-NY' }), seller, ny)).toEqual([
        'domestic',
        ['us', 'S', '1'],
        ['us-ny', 'E', '0'],
        ['us-ny-city', 'E', '0'],
      ]);
      expect(treated(inNewYork({ jurisdiction: 'US-NY' }), seller, ny.slice(0, 2))).toEqual(EXEMPT);
      const treatment = taxTreatment(seller, ny, inNewYork({ jurisdiction: 'US-NY' }), 'taxable', { on: DAY });
      expect(treatment!.exemption).toEqual({ jurisdiction: 'US-NY' });
    });

    it('is charged elsewhere', () => {
      const elsewhere = [{ jurisdiction: 'US-CA' }, { jurisdiction: 'CA' }];
      expect(treated(inNewYork(...elsewhere), seller, ny)).toEqual(treated(inNewYork(), seller, ny));
      // A certificate of the buyer's country counts where that is where the tax is due: below the threshold, it is not.
      const french = buyer('FR', { exemptions: [{ jurisdiction: 'FR' }] });
      expect(treated(french)).toEqual(['below_threshold', ['de', 'S', '19']]);
      expect(treated(french, settings({ oss: true }))).toEqual(EXEMPT);
    });

    it.each([
      ['2026-07-01', '2026-07-01', true],
      ['2026-07-02', undefined, false],
      [undefined, '2026-06-30', false],
      [undefined, '2026-07-01', true],
      ['2026-06-30', undefined, true],
    ])('from %s to %s: is none on 1 July 2026: %s', (from, to, isExempt) => {
      const exemption = {
        jurisdiction: 'DE',
        ...(from === undefined ? {} : { validFrom: on(from) }),
        ...(to === undefined ? {} : { validTo: on(to) }),
      };
      const expected = isExempt ? EXEMPT : ['domestic', ['de', 'S', '19']];
      expect(treated(buyer('DE', { exemptions: [exemption] }))).toEqual(expected);
    });
  });

  it('is the same for everybody where it is flat, but for those with a tax id if they are let off', () => {
    const flat = settings({ provider: 'flat', country: 'CH', flat: { basisPoints: 810, b2bExempt: true } });
    expect(treated(buyer('US'), flat)).toEqual(['domestic', ['flat', 'S', '8.1']]);
    expect(treated(buyer('CH', BUSINESS), flat)).toEqual(['business_exempt', ['exempt', 'E', '0']]);
    const forAll = { ...flat, flat: { basisPoints: 1_000, b2bExempt: false } };
    expect(treated(buyer('CH', BUSINESS), forAll)).toEqual(['domestic', ['flat', 'S', '10']]);
    expect(treated(buyer('CH'), { ...flat, flat: { basisPoints: 5, b2bExempt: false } })).toEqual([
      'domestic',
      ['flat', 'S', '0.05'],
    ]);
    expect(treated(buyer('CH'), { ...flat, flat: { basisPoints: 0, b2bExempt: false } })).toEqual([
      'domestic',
      ['flat', 'Z', '0'],
    ]);
  });

  it('is of the rate that holds on the day: the last one of its code, to its last day', () => {
    const change = (validFrom: string, percent: string, validTo?: string): TaxRate =>
      rate('de', 'DE', percent, {
        validFrom: on(validFrom),
        ...(validTo === undefined ? {} : { validTo: on(validTo) }),
      });
    const germany = [change('2007-01-01', '19'), change('2026-07-01', '16', '2026-12-31'), change('2027-01-01', '19')];
    const at = (day: string): unknown =>
      taxTreatment(settings(), germany, buyer('DE'), 'taxable', { on: on(day) })!.rates.map(
        ({ rate: percent }) => percent,
      );
    expect(['2026-06-30', '2026-07-01', '2026-12-31', '2027-01-01'].map(at)).toEqual([['19'], ['16'], ['16'], ['19']]);
  });

  it('is refused where it is due and no rate is in force', () => {
    expect(() => treated(buyer('DE'), settings(), [])).toThrow(
      'Tax is due in DE, and no rate of there is in force on 2026-07-01: define one, of 0 where none is charged.',
    );
    const ended = [rate('de', 'DE', '19', { validTo: on('2026-06-30') })];
    expect(() => treated(buyer('DE'), settings(), ended)).toThrow('no rate of there is in force');
  });

  describe('of what is of a class of its own', () => {
    const reduced = { taxClass: 'reduced' };
    const rates = [...RATES, rate('de-reduced', 'DE', '7', reduced)];
    const sold = (taxClass: string | undefined, who = buyer('DE'), some = rates, how = settings()): unknown =>
      treated(who, how, some, 'taxable', taxClass === undefined ? {} : { taxClass });

    it('is at the rate of that class', () => {
      expect(sold('reduced')).toEqual(['domestic', ['de-reduced', 'S', '7']]);
      expect(sold(undefined)).toEqual(['domestic', ['de', 'S', '19']]);
      expect(sold('standard')).toEqual(['domestic', ['de', 'S', '19']]);
      const books = [...rates, rate('fr-books', 'FR', '0', { taxClass: 'books', category: 'E' })];
      expect(sold('books', buyer('FR'), books, settings({ oss: true }))).toEqual([
        'destination',
        ['fr-books', 'E', '0'],
      ]);
    });

    it('is what it is for all where none is charged by rate', () => {
      expect(sold('reduced', buyer('FR', BUSINESS))).toEqual(['reverse_charge', ['reverse_charge', 'AE', '0']]);
      expect(sold('reduced', buyer('US'))).toEqual(['outside', ['outside', 'O', '0']]);
      const flat = settings({ provider: 'flat', country: 'CH', flat: { basisPoints: 810, b2bExempt: false } });
      expect(sold('reduced', buyer('CH'), [], flat)).toEqual(['domestic', ['flat', 'S', '8.1']]);
    });

    it('is refused where a place has rates and none of the class', () => {
      expect(() => sold('books')).toThrow(
        'Tax is due in DE, and no rate of there for the class “books” is in force on 2026-07-01: define one, of 0 where none is charged.',
      );
      const states = [
        rate('us', 'US', '1'),
        rate('us-ny', 'US-NY', '4'),
        rate('us-food', 'US', '0.5', { taxClass: 'food' }),
      ];
      const inNewYork = buyer('US', { region: 'NY' });
      const american = settings({ country: 'US' });
      expect(() => sold('food', inNewYork, states, american)).toThrow('Tax is due in US-NY');
      const both = [...states, rate('us-ny-food', 'US-NY', '0', { taxClass: 'food' })];
      expect(sold('food', inNewYork, both, american)).toEqual([
        'domestic',
        ['us-food', 'S', '0.5'],
        ['us-ny-food', 'Z', '0'],
      ]);
    });

    it('needs no rate of a place that lets the buyer off', () => {
      const states = [rate('us', 'US', '1', { taxClass: 'food' }), rate('us-ny', 'US-NY', '4')];
      const exempt = buyer('US', { region: 'NY', exemptions: [{ jurisdiction: 'US-NY' }] });
      expect(sold('food', exempt, states, settings({ country: 'US' }))).toEqual(['domestic', ['us', 'S', '1']]);
      expect(sold('food', exempt, states.slice(1), settings({ country: 'US' }))).toEqual([
        'customer_exempt',
        ['exempt', 'E', '0'],
      ]);
    });
  });

  it('is refused where it depends on the region, and that of the buyer is not known', () => {
    const canada = [rate('gst', 'CA', '5'), rate('qst', 'CA-QC', '9.975')];
    expect(() => treated(buyer('CA'), settings({ country: 'CA' }), canada)).toThrow(
      'Tax in CA depends on the region, and that of the address is not known: say it as ISO 3166-2 does.',
    );
    expect(treated(buyer('CA', { region: 'AB' }), settings({ country: 'CA' }), canada)).toEqual([
      'domestic',
      ['gst', 'S', '5'],
    ]);
    const ended = [rate('gst', 'CA', '5'), rate('qst', 'CA-QC', '9.975', { validTo: on('2026-06-30') })];
    expect(treated(buyer('CA'), settings({ country: 'CA' }), ended)).toEqual(['domestic', ['gst', 'S', '5']]);
  });

  it('is none of a country where the seller is registered only later, or was', () => {
    const outside = ['outside', ['outside', 'O', '0']];
    const later = [...RATES.slice(0, 2), rate('gb', 'GB', '20', { validFrom: on('2027-01-01') })];
    expect(treated(buyer('GB'), settings({ country: 'US' }), later)).toEqual(outside);
    const before = [...RATES.slice(0, 2), rate('gb', 'GB', '20', { validTo: on('2025-12-31') })];
    expect(treated(buyer('GB'), settings({ country: 'US' }), before)).toEqual(outside);
  });

  it('comes last where it is levied on the taxes before it', () => {
    const quebec = [rate('a-qst', 'CA-QC', '9.975', { compound: true }), rate('gst', 'CA', '5')];
    expect(treated(buyer('CA', { region: 'QC' }), settings({ country: 'CA' }), quebec)).toEqual([
      'domestic',
      ['gst', 'S', '5'],
      ['a-qst', 'S', '9.975'],
    ]);
  });
});

describe('a buyer', () => {
  it('is what a profile says of address and tax id', () => {
    const billingAddress = { country: 'de', region: 'BY' };
    expect(buyerOf({ billingAddress, taxId: 'DE123456789' })).toEqual({
      country: 'DE',
      region: 'BY',
      isBusiness: true,
    });
    expect(buyerOf({ billingAddress: { country: '1é' }, taxId: ' ' })).toEqual(buyer(null));
    expect(buyerOf({})).toEqual(buyer(null));
  });

  it.each([
    ['QC', 'QC'],
    [' qc ', 'QC'],
    ['CA-QC', 'QC'],
    ['ca-qc', 'QC'],
    ['Quebec', null],
    ['US-NY', null],
    ['', null],
  ])('in the region “%s” is one in %s', (region, expected) => {
    expect(buyerOf({ billingAddress: { country: 'CA', region } }).region).toBe(expected);
  });

  it('is in Greece, whichever way that is written', () => {
    expect(buyerOf({ billingAddress: { country: 'EL' } }).country).toBe('GR');
    expect(buyerOf({ billingAddress: { country: 'GR' } }).country).toBe('GR');
  });

  it('is no business for a tax number that everybody has who pays tax', () => {
    const billingAddress = { country: 'DE' };
    const number = { type: 'de_tax_number', value: '181/815/08155' };
    expect(buyerOf({ billingAddress, taxIds: [number] }).isBusiness).toBe(false);
    expect(buyerOf({ billingAddress, taxIds: [number, { type: 'eu_vat', value: 'DE123456789' }] }).isBusiness).toBe(
      true,
    );
  });
});
