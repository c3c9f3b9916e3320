import type { Charge, Fact, TaxSettings } from '#contracts';
import type { Instant } from '#kernel';
import {
  addDraftLine,
  addInvoiceItem,
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  aUsageCharge,
  at,
  billAccount,
  cancelSubscription,
  changeDraftLine,
  createSubscription,
  finalizeInvoice,
  givenFor,
  GRACE,
  issueCreditNote,
  on,
  transfersIn,
  usd,
  voidInvoice,
  aTaxRate,
  taxedBy,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { TaxTerms } from '../tax/tax-terms.js';
import { taxPerLine } from './invoice-tax.js';
import { allLines } from './invoice.js';

const given = givenFor(accountDecider);
const RATES = [
  aTaxRate('de-vat', '19'),
  aTaxRate('de-reduced', '7', { taxClass: 'reduced' }),
  aTaxRate('de-education', '0', { taxClass: 'exempt-education' }),
];

/** A fee of each price, by its key. */
const fees = (...charges: (Partial<Charge> & { readonly key: string; readonly amount: string })[]) =>
  aCatalog({
    plans: [
      aPlan({
        charges: charges.map(({ amount, ...charge }) => aCharge({ price: { model: 'flat', amount }, ...charge })),
      }),
    ],
  });
const BOOKS = fees(
  { key: 'access', amount: '99.99' },
  { key: 'books', amount: '50.03', taxClass: 'reduced' },
  { key: 'support', amount: '10.01', taxClass: 'standard' },
  { key: 'course', amount: '20', taxClass: 'exempt-education' },
);

const subscribed = (catalog: ReturnType<typeof aCatalog>, currency = 'USD') =>
  given(anAccount({ currency })).after(createSubscription({ catalog }));

type Facts = readonly { readonly type: string; readonly data: object }[];
const issuedIn = (facts: Facts) =>
  facts.find(({ type }) => type === 'InvoiceFinalized')?.data as Fact<'InvoiceFinalized'>['data'];
const linesIn = (facts: Facts) =>
  facts
    .filter(({ type }) => type === 'InvoiceLinesAdded')
    .flatMap(({ data }) => allLines(data as Fact<'InvoiceLinesAdded'>['data']));
/** Code, base and amount of each tax. */
const taxesIn = ({ taxes }: Fact<'InvoiceFinalized'>['data']): unknown =>
  taxes.map(({ code, base, amount }) => [code, base.minor, amount.minor]);

describe('an invoice of several tax classes', () => {
  it('bears the taxes of each, rounded once for each, and its lines add up to them', () => {
    const { facts } = subscribed(BOOKS).when(billAccount({ catalog: BOOKS, tax: taxedBy(RATES) }));
    const issued = issuedIn(facts);
    // 110.00 at 19 %: 20.90 (19.00 and 1.90 apart); 50.03 at 7 %: 3.5021; 20.00 exempt.
    expect(taxesIn(issued)).toEqual([
      ['de-vat', 110_00n, 20_90n],
      ['de-reduced', 50_03n, 3_50n],
      ['de-education', 20_00n, 0n],
    ]);
    expect(issued.taxes.map(({ group = 0, category }) => [group, category])).toEqual([
      [0, 'S'],
      [1, 'S'],
      [2, 'E'],
    ]);
    expect(issued.taxation!.groups).toEqual([0, 1, 0, 2]);
    expect(issued.totals).toMatchObject({ subtotal: usd(180_03n), tax: usd(24_40n), total: usd(204_43n) });
    expect(taxPerLine(linesIn(facts), issued.taxes, issued.taxation!)).toEqual([19_00n, 3_50n, 1_90n, 0n]);
    expect(transfersIn(facts)).toEqual([
      'receivable deferred_revenue 18003',
      'receivable tax_payable 2090',
      'receivable tax_payable 350',
    ]);
  });

  it('rounds them on each line where that is the rule', () => {
    const { facts } = subscribed(BOOKS).when(
      billAccount({ catalog: BOOKS, tax: taxedBy(RATES, { rounding: 'line' }) }),
    );
    // 99.99: 18.9981; 10.01: 1.9019.
    expect(taxesIn(issuedIn(facts))).toEqual([
      ['de-vat', 110_00n, 20_90n],
      ['de-reduced', 50_03n, 3_50n],
      ['de-education', 20_00n, 0n],
    ]);
  });

  it('has them inside its prices, class by class', () => {
    const catalog = fees({ key: 'access', amount: '119' }, { key: 'books', amount: '10.70', taxClass: 'reduced' });
    const { facts } = subscribed(catalog).when(billAccount({ catalog, tax: taxedBy(RATES, { prices: 'inclusive' }) }));
    expect(taxesIn(issuedIn(facts))).toEqual([
      ['de-vat', 100_00n, 19_00n],
      ['de-reduced', 10_00n, 70n],
    ]);
    expect(issuedIn(facts).totals).toMatchObject({ subtotal: usd(110_00n), tax: usd(19_70n), total: usd(129_70n) });
  });

  it('is whole yen, and three digits of a dinar', () => {
    const japan = [
      aTaxRate('jp-standard', '10', { jurisdiction: 'JP' }),
      aTaxRate('jp-food', '8', { jurisdiction: 'JP', taxClass: 'food' }),
    ];
    const tax: TaxTerms = {
      ...taxedBy(japan, { country: 'JP' }),
      buyer: { country: 'JP', region: null, isBusiness: false },
    };
    const bought = (currency: string, access: string, food: string) => {
      const catalog = aCatalog({
        plans: [
          aPlan({
            currency,
            charges: [
              aCharge({ key: 'access', price: { model: 'flat', amount: access } }),
              aCharge({ key: 'food', taxClass: 'food', price: { model: 'flat', amount: food } }),
            ],
          }),
        ],
      });
      return issuedIn(subscribed(catalog, currency).when(billAccount({ catalog, tax })).facts);
    };
    // 1,015 at 10 %: 101.5; 1,012 at 8 %: 80.96.
    expect(taxesIn(bought('JPY', '1015', '1012'))).toEqual([
      ['jp-standard', 1_015n, 102n],
      ['jp-food', 1_012n, 81n],
    ]);
    // 1.005 at 10 %: 0.1005; 2.506 at 8 %: 0.20048.
    expect(taxesIn(bought('KWD', '1.005', '2.506'))).toEqual([
      ['jp-standard', 1_005n, 101n],
      ['jp-food', 2_506n, 200n],
    ]);
  });

  it('compounds within a class alone: Quebec, with books that bear GST only', () => {
    const canada = [
      aTaxRate('gst', '5', { jurisdiction: 'CA' }),
      aTaxRate('qst', '9.975', { jurisdiction: 'CA-QC', compound: true }),
      aTaxRate('gst-books', '5', { jurisdiction: 'CA', taxClass: 'reduced' }),
      aTaxRate('qst-books', '0', { jurisdiction: 'CA-QC', taxClass: 'reduced', category: 'Z' }),
    ];
    const tax: TaxTerms = {
      ...taxedBy(canada, { country: 'CA' }),
      buyer: { country: 'CA', region: 'QC', isBusiness: false },
    };
    const catalog = fees({ key: 'access', amount: '100' }, { key: 'books', amount: '50', taxClass: 'reduced' });
    const { facts } = subscribed(catalog).when(billAccount({ catalog, tax }));
    // 9.975 % of 105.00: 10.47375.
    expect(taxesIn(issuedIn(facts))).toEqual([
      ['gst', 100_00n, 5_00n],
      ['qst', 105_00n, 10_47n],
      ['gst-books', 50_00n, 2_50n],
      ['qst-books', 50_00n, 0n],
    ]);
  });

  it('is one group where all classes bear the same: reverse charge', () => {
    const tax = { ...taxedBy(RATES), buyer: { country: 'FR', region: null, isBusiness: true } };
    const issued = issuedIn(subscribed(BOOKS).when(billAccount({ catalog: BOOKS, tax })).facts);
    expect(taxesIn(issued)).toEqual([['reverse_charge', 180_03n, 0n]]);
    expect(issued.taxation!.groups).toBeUndefined();
  });

  it('is void with all of them', () => {
    const { facts } = subscribed(BOOKS)
      .after(billAccount({ catalog: BOOKS, tax: taxedBy(RATES) }))
      .when(voidInvoice({ catalog: BOOKS }));
    expect(transfersIn(facts)).toEqual(['deferred_revenue receivable 18003', 'tax_payable receivable 2440']);
  });

  it('is not issued where one of its classes has no rate, and nothing of it is stored', () => {
    subscribed(BOOKS)
      .when(billAccount({ catalog: BOOKS, tax: taxedBy(RATES.slice(0, 1)) }))
      .thenRefused('tax_rate_missing');
  });

  it('has items of a class, and what adjusts a line bears what that does', () => {
    const billed = subscribed(BOOKS).after(billAccount({ catalog: BOOKS, policy: GRACE, tax: taxedBy(RATES) }));
    const item = addDraftLine({ taxClass: 'reduced', price: { amount: usd(10_00n) } });
    const drafted = billed.after(item);
    const books = linesIn(billed.when(item).facts).find((line) => 'charge' in line && line.charge === 'books')!;
    const changed = drafted.after(changeDraftLine(books.lineId, usd(40_00n)));
    const { facts } = changed.when(finalizeInvoice({ catalog: BOOKS, tax: taxedBy(RATES) }));
    // 40.00 and 10.00 at 7 %.
    expect(taxesIn(issuedIn(facts))).toEqual([
      ['de-vat', 110_00n, 20_90n],
      ['de-reduced', 50_00n, 3_50n],
      ['de-education', 20_00n, 0n],
    ]);
    expect(issuedIn(facts).taxation!.groups).toEqual([0, 1, 0, 2, 1, 1]);
  });

  it('is given back by credit notes with the taxes of its lines', () => {
    const bill = billAccount({ catalog: BOOKS, tax: taxedBy(RATES) });
    const lines = linesIn(subscribed(BOOKS).when(bill).facts);
    const half = issueCreditNote(lines, {
      lines: [
        { lineId: lines[1]!.lineId, amount: usd(25_00n) },
        { lineId: lines[3]!.lineId, amount: usd(20_00n) },
      ],
    });
    const story = subscribed(BOOKS).after(bill);
    const noteIn = (facts: Facts) =>
      facts.find(({ type }) => type === 'CreditNoteIssued')!.data as Fact<'CreditNoteIssued'>['data'];
    const note = noteIn(story.when(half).facts);
    expect(note.totals).toEqual({ subtotal: usd(45_00n), tax: usd(1_75n), total: usd(46_75n) });
    expect(note.taxes.map(({ code, base, amount }) => [code, base.minor, amount.minor])).toEqual([
      ['de-vat', 0n, 0n],
      ['de-reduced', 25_00n, 1_75n],
      ['de-education', 20_00n, 0n],
    ]);
    const rest = issueCreditNote(lines, { creditNoteId: anId('crn', 2), kind: 'cancellation' });
    const { totals } = noteIn(story.after(half).when(rest).facts);
    expect(totals).toEqual({ subtotal: usd(135_03n), tax: usd(22_65n), total: usd(157_68n) });
  });
});

describe('the day that counts', () => {
  /** 16 % in the second half of 2020, and 19 % before and after. */
  const germany = [
    aTaxRate('de-vat', '19'),
    aTaxRate('de-vat', '16', { validFrom: on('2020-07-01'), validTo: on('2020-12-31') }),
    aTaxRate('de-vat', '19', { validFrom: on('2021-01-01') }),
  ];
  const catalog = aCatalog({
    plans: [aPlan({ charges: [aCharge(), aUsageCharge({ price: { model: 'flat', amount: '10' } })] })],
  });
  const joined = given(anAccount({ openedAt: at('2020-01-01T00:00:00Z') })).after(
    createSubscription({ catalog, startAt: at('2020-06-01T00:00:00Z'), now: at('2020-06-01T00:00:00Z') }),
  );
  const billedOn = (now: Instant, settings: Partial<TaxSettings> = {}) =>
    billAccount({ catalog, now, tax: taxedBy(germany, settings) });
  const JULY = at('2020-07-01T00:00:00Z');

  it('is that of issue', () => {
    const begun = joined.after(billedOn(at('2020-06-01T00:00:00Z')));
    // July in advance, and June in arrears, issued on 1 July.
    const next = billAccount({ catalog, invoiceId: anId('inv', 2), now: JULY, tax: taxedBy(germany) });
    expect(taxesIn(issuedIn(begun.when(next).facts))).toEqual([['de-vat', 40_00n, 6_40n]]);
  });

  it('is the last of the service, where the tenant goes by that', () => {
    const byService = { taxPoint: 'service_end' } as const;
    const begun = joined.after(billedOn(at('2020-06-01T00:00:00Z'), byService));
    const next = billAccount({ catalog, invoiceId: anId('inv', 2), now: JULY, tax: taxedBy(germany, byService) });
    const issued = issuedIn(begun.when(next).facts);
    // July at 16 %, and June at 19 %.
    expect(issued.taxes.map(({ rate: percent, base, amount }) => [percent, base.minor, amount.minor])).toEqual([
      ['16', 30_00n, 4_80n],
      ['19', 10_00n, 1_90n],
    ]);
    expect(issued.taxation).toMatchObject({ taxPoint: 'service_end', groups: [0, 1] });
    // One transfer for the code.
    expect(transfersIn(begun.when(next).facts).filter((text) => text.includes('tax_payable'))).toEqual([
      'receivable tax_payable 670',
    ]);
  });

  it('is that of issue of an item, which has no service', () => {
    const item = addInvoiceItem({ now: JULY });
    const tax = taxedBy(germany, { taxPoint: 'service_end' });
    const { facts } = given(anAccount())
      .after(item)
      .when(billAccount({ now: JULY, tax }));
    expect(taxesIn(issuedIn(facts))).toEqual([['de-vat', 50_00n, 8_00n]]);
  });

  it('of a certificate is that of the line', () => {
    const exemptions = [{ jurisdiction: 'DE', validTo: on('2020-06-30') }];
    const tax = taxedBy(germany, { taxPoint: 'service_end' });
    const exempt = { ...tax, buyer: { ...tax.buyer, exemptions } };
    const begun = joined.after(billedOn(at('2020-06-01T00:00:00Z')));
    const next = billAccount({ catalog, invoiceId: anId('inv', 2), now: JULY, tax: exempt });
    const { taxes, taxation } = issuedIn(begun.when(next).facts);
    expect(taxes.map(({ code, reason }) => [code, reason])).toEqual([
      ['de-vat', undefined],
      ['exempt', 'customer_exempt'],
    ]);
    expect(taxation).toMatchObject({ reason: 'domestic', exemption: exemptions[0] });
  });
});

describe('what is given back of a service billed before', () => {
  const MIDDLE = at('2026-01-16T12:00:00Z');
  const plan = aCatalog();
  const billed = (tax: TaxTerms) => subscribed(plan).after(billAccount({ tax }), cancelSubscription({ now: MIDDLE }));
  const givenBack = (before: TaxTerms, now: TaxTerms) =>
    issuedIn(billed(before).when(billAccount({ invoiceId: anId('inv', 2), now: MIDDLE, tax: now })).facts);
  const NONE = taxedBy([], { provider: 'none' });

  it('bears the rate at which it was billed, whatever holds by now', () => {
    // 16 of 31 days: 15.48, and 19 % of that 2.9412.
    expect(taxesIn(givenBack(taxedBy(RATES), taxedBy([aTaxRate('de-vat', '25')])))).toEqual([
      ['de-vat', -15_48n, -2_94n],
    ]);
    expect(taxesIn(givenBack(taxedBy(RATES), taxedBy([])))).toEqual([['de-vat', -15_48n, -2_94n]]);
  });

  it('bears it though the customer has moved, or nobody charges any more', () => {
    const moved = { ...taxedBy(RATES), buyer: { country: 'US', region: null, isBusiness: false } };
    expect(givenBack(taxedBy(RATES), moved).taxation).toMatchObject({ reason: 'domestic', buyer: { country: 'US' } });
    expect(taxesIn(givenBack(taxedBy(RATES), moved))).toEqual([['de-vat', -15_48n, -2_94n]]);
    expect(taxesIn(givenBack(taxedBy(RATES), NONE))).toEqual([['de-vat', -15_48n, -2_94n]]);
  });

  it('bears none where none was charged', () => {
    const issued = givenBack(NONE, taxedBy(RATES));
    expect(issued).toMatchObject({ taxes: [], totals: { tax: usd(0n), total: usd(-15_48n) } });
    expect(issued.taxation).toBeUndefined();
  });

  it('stands beside what is billed anew, which bears what holds now', () => {
    const tax = taxedBy([aTaxRate('de-vat', '25')]);
    const { facts } = billed(taxedBy(RATES))
      .after(addInvoiceItem({ now: MIDDLE }))
      .when(billAccount({ invoiceId: anId('inv', 2), now: MIDDLE, tax }));
    const issued = issuedIn(facts);
    expect(issued.taxes.map(({ rate: percent, base, amount }) => [percent, base.minor, amount.minor])).toEqual([
      ['19', -15_48n, -2_94n],
      ['25', 50_00n, 12_50n],
    ]);
    expect(issued.totals).toMatchObject({ tax: usd(9_56n), total: usd(44_08n) });
    // One transfer for the code: 12.50 − 2.94.
    expect(transfersIn(facts)).toContain('receivable tax_payable 956');
  });

  it('bears that of its line, where the invoice bore several', () => {
    const story = subscribed(BOOKS).after(
      billAccount({ catalog: BOOKS, tax: taxedBy(RATES) }),
      cancelSubscription({ catalog: BOOKS, now: MIDDLE }),
    );
    const { facts } = story.when(
      billAccount({ catalog: BOOKS, invoiceId: anId('inv', 2), now: MIDDLE, tax: taxedBy([aTaxRate('de-vat', '25')]) }),
    );
    // 16 of 31 days of 99.99, 10.01 (51.61 and 5.17), 50.03 (25.82) and 20.00 (10.32).
    expect(taxesIn(issuedIn(facts))).toEqual([
      ['de-vat', -56_78n, -10_79n],
      ['de-reduced', -25_82n, -1_81n],
      ['de-education', -10_32n, 0n],
    ]);
  });
});
