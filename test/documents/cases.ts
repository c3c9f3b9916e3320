import type { TaxRate, TaxSettings } from '#contracts';
import { at, on } from '#testing';

type Buyer = { readonly country: string | null; readonly region: string | null; readonly isBusiness: boolean };

/** A document that was worked out by hand. Amounts are in major units. */
export interface Case {
  readonly currency?: string;
  readonly settings?: Partial<TaxSettings>;
  readonly rates?: readonly TaxRate[];
  readonly buyer?: Partial<Buyer>;
  readonly exempt?: true;
  /** Items; instead of them, a fee of 30.00 a month in advance. */
  readonly lines?: readonly Line[];
  readonly discounts?: readonly { readonly percent?: string; readonly amount?: string }[];
  /** What a promotional grant holds, and until when. */
  readonly grant?: { readonly amount: string; readonly expiresAt?: ReturnType<typeof at> };
  /** When the subscription is canceled and billed again: what is looked at is the correction. */
  readonly cancelAt?: ReturnType<typeof at>;
  /** Amounts over the whole invoice, one note each; `rest` cancels what is left. */
  readonly notes?: readonly string[];
  /** Rules of EN 16931 that the document cannot keep. */
  readonly breaks?: readonly string[];
  readonly expected: Expected;
}

export type Line = string | { readonly amount: string; readonly taxClass: string };

export interface Expected {
  readonly net: string;
  /** By rate: category, percent, what it is levied on, and what it comes to. */
  readonly taxes: readonly string[];
  readonly total: string;
  /** What is left to pay, where that is not the total. */
  readonly due?: string;
  /** Of each note: net, tax, total. */
  readonly notes?: readonly string[];
}

export const rate = (code: string, jurisdiction: string, percent: string, more: Partial<TaxRate> = {}): TaxRate => ({
  code,
  jurisdiction,
  category: percent === '0' ? 'Z' : 'S',
  rate: percent,
  validFrom: on('2020-01-01'),
  ...more,
});

const RATES = [
  rate('de', 'DE', '19'),
  rate('de-7', 'DE', '7', { taxClass: 'reduced' }),
  rate('de-e', 'DE', '0', { taxClass: 'school', category: 'E' }),
  rate('fr', 'FR', '20'),
  rate('hu', 'HU', '27'),
  rate('fi', 'FI', '25.5'),
];
export const GERMANY = { settings: { provider: 'rates', country: 'DE' }, rates: RATES } as const;

const QUEBEC = { settings: { country: 'CA' }, buyer: { country: 'CA', region: 'QC' } } as const;
const NEW_YORK = { settings: { country: 'US', region: 'NY' }, buyer: { country: 'US', region: 'NY' } } as const;
const JAPAN = {
  currency: 'JPY',
  settings: { country: 'JP' },
  buyer: { country: 'JP' },
  rates: [rate('jp', 'JP', '10'), rate('jp-8', 'JP', '8', { taxClass: 'reduced' })],
} as const;
const inside = { prices: 'inclusive' } as const;
const each = (count: number, amount: string): string[] => Array.from({ length: count }, () => amount);
const MIDDLE = at('2026-01-16T12:00:00Z');
/** Two rates on one line are nothing that EN 16931 can say. */
const TWO_ON_A_LINE = ['BR-S-08'];

export const CASES: Readonly<Record<string, Case>> = {
  'one line at home': { lines: ['100.00'], expected: { net: '100.00', taxes: ['S 19 100.00 19.00'], total: '119.00' } },
  '300 lines of 0.13, rounded once': {
    lines: each(300, '0.13'),
    expected: { net: '39.00', taxes: ['S 19 39.00 7.41'], total: '46.41' },
  },
  '300 lines of 0.13, rounded on each': {
    settings: { rounding: 'line' },
    lines: each(300, '0.13'),
    // 0.0247 is 0.02 on each.
    breaks: ['BR-CO-17'],
    expected: { net: '39.00', taxes: ['S 19 39.00 6.00'], total: '45.00' },
  },
  'three classes': {
    lines: ['110.00', { amount: '50.03', taxClass: 'reduced' }, { amount: '20.00', taxClass: 'school' }],
    // 20.90, and 3.5021.
    expected: { net: '180.03', taxes: ['S 19 110.00 20.90', 'S 7 50.03 3.50', 'E 0 20.00 0.00'], total: '204.43' },
  },
  '300 lines of 0.13, a third of them of another class': {
    lines: [...each(200, '0.13'), ...each(100, '0.13').map((amount) => ({ amount, taxClass: 'reduced' }))],
    // 26.00 and 13.00: 4.94 and 0.91.
    expected: { net: '39.00', taxes: ['S 19 26.00 4.94', 'S 7 13.00 0.91'], total: '44.85' },
  },
  'half a cent': {
    lines: ['0.50'],
    rates: [rate('de', 'DE', '21')],
    // 0.105.
    expected: { net: '0.50', taxes: ['S 21 0.50 0.11'], total: '0.61' },
  },
  'just below half a cent': {
    lines: ['9.97'],
    rates: [rate('de', 'DE', '21')],
    // 2.0937.
    expected: { net: '9.97', taxes: ['S 21 9.97 2.09'], total: '12.06' },
  },
  'a line below zero': {
    lines: ['100.00', '-20.00'],
    expected: { net: '80.00', taxes: ['S 19 80.00 15.20'], total: '95.20' },
  },
  'at a rate of zero': {
    lines: ['50.00'],
    rates: [rate('de', 'DE', '0')],
    expected: { net: '50.00', taxes: ['Z 0 50.00 0.00'], total: '50.00' },
  },
  'without any tax': {
    lines: ['100.00'],
    settings: { provider: 'none' },
    expected: { net: '100.00', taxes: [], total: '100.00' },
  },
  'a business in another state: reverse charge': {
    buyer: { country: 'AT', isBusiness: true },
    lines: ['100.00'],
    expected: { net: '100.00', taxes: ['AE 0 100.00 0.00'], total: '100.00' },
  },
  'a consumer in another state, below the threshold': {
    buyer: { country: 'FR' },
    lines: ['49.99'],
    // 9.4981.
    expected: { net: '49.99', taxes: ['S 19 49.99 9.50'], total: '59.49' },
  },
  'a consumer in France, by OSS': {
    settings: { oss: true },
    buyer: { country: 'FR' },
    lines: ['49.99'],
    // 9.998.
    expected: { net: '49.99', taxes: ['S 20 49.99 10.00'], total: '59.99' },
  },
  'a consumer in Hungary, by OSS': {
    settings: { oss: true },
    buyer: { country: 'HU' },
    lines: ['19.99'],
    // 5.3973.
    expected: { net: '19.99', taxes: ['S 27 19.99 5.40'], total: '25.39' },
  },
  'a consumer in Finland, by OSS': {
    settings: { oss: true },
    buyer: { country: 'FI' },
    lines: ['19.99'],
    // 5.09745.
    expected: { net: '19.99', taxes: ['S 25.5 19.99 5.10'], total: '25.09' },
  },
  'somebody outside the EU': {
    buyer: { country: 'US' },
    lines: ['100.00'],
    expected: { net: '100.00', taxes: ['O 0 100.00 0.00'], total: '100.00' },
  },
  'somebody who is exempt': {
    exempt: true,
    lines: ['100.00'],
    expected: { net: '100.00', taxes: ['E 0 100.00 0.00'], total: '100.00' },
  },
  'somebody of whom the country is not known': {
    buyer: { country: null },
    lines: ['10.00'],
    expected: { net: '10.00', taxes: ['S 19 10.00 1.90'], total: '11.90' },
  },
  'a flat rate': {
    settings: { provider: 'flat', flat: { basisPoints: 810, b2bExempt: true } },
    lines: ['33.33'],
    // 2.69973.
    expected: { net: '33.33', taxes: ['S 8.1 33.33 2.70'], total: '36.03' },
  },
  'a flat rate, of which businesses are let off': {
    settings: { provider: 'flat', flat: { basisPoints: 810, b2bExempt: true } },
    buyer: { isBusiness: true },
    lines: ['33.33'],
    expected: { net: '33.33', taxes: ['E 0 33.33 0.00'], total: '33.33' },
  },
  'prices with the tax inside': {
    settings: inside,
    lines: ['100.00'],
    // 100 ÷ 1.19 = 84.0336.
    expected: { net: '84.03', taxes: ['S 19 84.03 15.97'], total: '100.00' },
  },
  'small prices with the tax inside, rounded once': {
    settings: inside,
    lines: each(3, '0.99'),
    // 2.97 ÷ 1.19 = 2.4958.
    expected: { net: '2.50', taxes: ['S 19 2.50 0.47'], total: '2.97' },
  },
  'small prices with the tax inside, rounded on each': {
    settings: { ...inside, rounding: 'line' },
    lines: each(3, '0.99'),
    // 0.8319 is 0.83 on each.
    expected: { net: '2.49', taxes: ['S 19 2.49 0.48'], total: '2.97' },
  },
  'two classes with the tax inside': {
    settings: inside,
    lines: ['119.00', { amount: '107.00', taxClass: 'reduced' }],
    expected: { net: '200.00', taxes: ['S 19 100.00 19.00', 'S 7 100.00 7.00'], total: '226.00' },
  },
  'Quebec: two taxes on the net': {
    ...QUEBEC,
    rates: [rate('gst', 'CA', '5'), rate('qst', 'CA-QC', '9.975')],
    lines: ['140.00'],
    breaks: TWO_ON_A_LINE,
    // 13.965.
    expected: { net: '140.00', taxes: ['S 5 140.00 7.00', 'S 9.975 140.00 13.97'], total: '160.97' },
  },
  'Quebec, as it was: a tax on the tax': {
    ...QUEBEC,
    rates: [rate('gst', 'CA', '5'), rate('qst', 'CA-QC', '9.5', { compound: true })],
    lines: ['100.00'],
    breaks: TWO_ON_A_LINE,
    // 9.5 % of 105.00 are 9.975.
    expected: { net: '100.00', taxes: ['S 5 100.00 5.00', 'S 9.5 105.00 9.98'], total: '114.98' },
  },
  'New York: the state and the city': {
    ...NEW_YORK,
    rates: [rate('city', 'US-NY', '4.5'), rate('state', 'US-NY', '4')],
    lines: ['99.99'],
    breaks: TWO_ON_A_LINE,
    // 4.49955 and 3.9996.
    expected: { net: '99.99', taxes: ['S 4.5 99.99 4.50', 'S 4 99.99 4.00'], total: '108.49' },
  },
  'half a yen': {
    ...JAPAN,
    lines: ['1005'],
    expected: { net: '1005', taxes: ['S 10 1005 101'], total: '1106' },
  },
  'yen with the tax inside': {
    ...JAPAN,
    settings: { ...JAPAN.settings, ...inside },
    lines: ['333'],
    // 333 ÷ 1.1 = 302.73.
    expected: { net: '303', taxes: ['S 10 303 30'], total: '333' },
  },
  'yen at the standard and the reduced rate': {
    ...JAPAN,
    lines: ['1000', { amount: '505', taxClass: 'reduced' }],
    // 40.4.
    expected: { net: '1505', taxes: ['S 10 1000 100', 'S 8 505 40'], total: '1645' },
  },
  'dinars of three digits': {
    currency: 'KWD',
    rates: [rate('de', 'DE', '5')],
    lines: ['1.255'],
    breaks: ['BR-DEC-23'],
    // 0.06275.
    expected: { net: '1.255', taxes: ['S 5 1.255 0.063'], total: '1.318' },
  },
  'four credit notes that come to exactly the invoice': {
    lines: ['281.50'],
    notes: ['70.37', '70.37', '70.38', 'rest'],
    expected: {
      net: '281.50',
      taxes: ['S 19 281.50 53.49'],
      total: '334.99',
      due: '0.00',
      notes: ['70.37 13.37 83.74', '70.37 13.37 83.74', '70.38 13.37 83.75', '70.38 13.38 83.76'],
    },
  },
  'a credit note over lines of two classes': {
    lines: ['30.00', { amount: '50.00', taxClass: 'reduced' }],
    // 8.01 × 30 ÷ 80 = 3.00 at 19 %, and 5.01 at 7 %: 0.57 and 0.3507; then 5.70 − 0.57 and 3.50 − 0.35.
    notes: ['8.01', 'rest'],
    expected: {
      net: '80.00',
      taxes: ['S 19 30.00 5.70', 'S 7 50.00 3.50'],
      total: '89.20',
      due: '0.00',
      notes: ['8.01 0.92 8.93', '71.99 8.28 80.27'],
    },
  },
  'three credit notes with the tax inside': {
    settings: inside,
    lines: ['100.00'],
    notes: ['33.33', '33.33', 'rest'],
    expected: {
      net: '84.03',
      taxes: ['S 19 84.03 15.97'],
      total: '100.00',
      due: '0.00',
      notes: ['28.01 5.32 33.33', '28.01 5.32 33.33', '28.01 5.33 33.34'],
    },
  },
  'a credit note in yen': {
    ...JAPAN,
    lines: ['1005'],
    notes: ['335', '335', 'rest'],
    expected: {
      net: '1005',
      taxes: ['S 10 1005 101'],
      total: '1106',
      due: '0',
      notes: ['335 34 369', '335 33 368', '335 34 369'],
    },
  },
  'a fee with a coupon of 20 %': {
    discounts: [{ percent: '20' }],
    expected: { net: '24.00', taxes: ['S 19 24.00 4.56'], total: '28.56' },
  },
  'a fee with a coupon of 20 % and one of 5.00': {
    discounts: [{ amount: '5.00' }, { percent: '20' }],
    // 30.00 − 6.00 − 5.00.
    expected: { net: '19.00', taxes: ['S 19 19.00 3.61'], total: '22.61' },
  },
  'a coupon, the tax inside, and credit notes': {
    settings: inside,
    discounts: [{ percent: '15' }],
    notes: ['10.00', 'rest'],
    // 25.50 ÷ 1.19 = 21.4286; 10 ÷ 1.19 = 8.4034.
    expected: {
      net: '21.43',
      taxes: ['S 19 21.43 4.07'],
      total: '25.50',
      due: '0.00',
      notes: ['8.40 1.60 10.00', '13.03 2.47 15.50'],
    },
  },
  'a coupon of more than the fee': {
    discounts: [{ amount: '50.00' }],
    expected: { net: '0.00', taxes: ['S 19 0.00 0.00'], total: '0.00' },
  },
  'a fee that a grant pays in part, tax and all': {
    grant: { amount: '25.00' },
    expected: { net: '30.00', taxes: ['S 19 30.00 5.70'], total: '35.70', due: '10.70' },
  },
  'a fee in advance, and a grant that ends in the middle of its period': {
    grant: { amount: '25.00', expiresAt: MIDDLE },
    // It is used as it begins.
    expected: { net: '30.00', taxes: ['S 19 30.00 5.70'], total: '35.70', due: '10.70' },
  },
  'a coupon, a grant and a credit note': {
    discounts: [{ percent: '50' }],
    grant: { amount: '10.00' },
    notes: ['5.00'],
    // 15.00 and 2.85; 5.95 of the 7.85 that the grant leaves.
    expected: {
      net: '15.00',
      taxes: ['S 19 15.00 2.85'],
      total: '17.85',
      due: '1.90',
      notes: ['5.00 0.95 5.95'],
    },
  },
  'a month that ends early: its correction': {
    cancelAt: MIDDLE,
    // 16 of 31 days: 15.48.
    expected: { net: '-15.48', taxes: ['S 19 -15.48 -2.94'], total: '-18.42', due: '0.00' },
  },
};
