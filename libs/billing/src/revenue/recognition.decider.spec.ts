import type { AccountFact, Revenue } from '#contracts';
import { bookBalance, type LedgerCode } from '#ledger';
import {
  aCatalog,
  aCharge,
  aMeter,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  changePlan,
  createSubscription,
  givenFor,
  INVOICE,
  issueCreditNote,
  like,
  linesIn,
  on,
  readings,
  recognizeRevenue,
  usd,
  voidCreditNote,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);
const yearly = (key: string, amount: string) =>
  aPlan({ key, interval: { unit: 'year', count: 1 }, charges: [aCharge({ price: { model: 'flat', amount } })] });
/** A dollar, or two, a day in a year of 365. */
const CATALOG = aCatalog({
  plans: [
    yearly('year', '365'),
    yearly('larger', '730'),
    aPlan(),
    aPlan({ key: 'calls', charges: [aUsageCharge()] }),
    aPlan({ key: 'later', charges: [aCharge({ timing: 'in_arrears' })] }),
    aPlan({ key: 'late-year', interval: { unit: 'year', count: 1 }, charges: [aUsageCharge()] }),
  ],
  meters: [aMeter()],
});
const JANUARY_15 = at('2026-01-15T00:00:00Z');
const SECOND = anId('inv', 2);

const subscribed = (plan: string, startAt = JANUARY_15, timeZone = 'UTC') =>
  given(anAccount({ timeZone })).after(
    createSubscription({ catalog: CATALOG, plan, startAt, now: startAt, anchor: { align: 'subscription' } }),
  );
const billed = (plan: string, startAt = JANUARY_15, timeZone = 'UTC') =>
  subscribed(plan, startAt, timeZone).after(billAccount({ catalog: CATALOG, billThrough: startAt, now: startAt }));
const book = (month: string, parts: Parameters<typeof recognizeRevenue>[1] = {}) =>
  recognizeRevenue(month, { catalog: CATALOG, ...parts });

const partsOf = (parts: Revenue['earned']): string =>
  parts.map(({ month, servedIn, amount }) => `${month}${servedIn ? `<${servedIn}` : ''} ${amount.minor}`).join(', ');

/** What the document of some facts says of revenue. */
const toldIn = (facts: readonly AccountFact[]) =>
  facts.flatMap(({ data }) =>
    'revenue' in data ? { deferred: partsOf(data.revenue.deferred), earned: partsOf(data.revenue.earned) } : [],
  );
const transfers = (facts: readonly AccountFact[]): string[] =>
  facts.flatMap(({ type, data }) =>
    type === 'TransferPosted' ? `${data.bookedOn} ${data.debit} ${data.credit} ${data.amount.minor}` : [],
  );
const balances = ({ state: { book: ledger } }: Pick<AccountGiven, 'state'>) =>
  (['deferred_revenue', 'unbilled_receivable', 'revenue'] as const satisfies LedgerCode[]).map((code) =>
    bookBalance(ledger, code, 'USD'),
  );

describe('a year in advance from the fifteenth', () => {
  const year = billed('year');

  it('is put off, and earned day by day: 17 days of January, all of the months after it, 14 days of the next January', () => {
    const { facts } = subscribed('year').when(
      billAccount({ catalog: CATALOG, billThrough: JANUARY_15, now: JANUARY_15 }),
    );
    expect(toldIn(facts)).toEqual([
      {
        deferred:
          '2026-01 1700, 2026-02 2800, 2026-03 3100, 2026-04 3000, 2026-05 3100, 2026-06 3000, ' +
          '2026-07 3100, 2026-08 3100, 2026-09 3000, 2026-10 3100, 2026-11 3000, 2026-12 3100, 2027-01 1400',
        earned: '',
      },
    ]);
    expect(transfers(facts)).toEqual(['2026-01-15 receivable deferred_revenue 36500']);
  });

  it('is of the months of its own zone, whatever the books go by', () => {
    // Midnight of 1 February in Auckland is 31 January, 11:00, in UTC.
    const begins = at('2026-01-31T11:00:00Z');
    const { facts } = subscribed('year', begins, 'Pacific/Auckland').when(
      billAccount({ catalog: CATALOG, billThrough: begins, now: begins, timeZone: 'UTC' }),
    );
    expect(toldIn(facts)[0]!.deferred.slice(0, 12)).toBe('2026-02 2800');
  });

  it('is released as each month is booked, once', () => {
    const { facts } = year.when(book('2026-01'));
    expect(facts[0]).toEqual({
      type: 'RevenueRecognized',
      data: {
        recognitionId: expect.stringMatching(/^rcg_/),
        month: '2026-01',
        recognized: usd(17_00n),
        released: usd(17_00n),
        invoicedLater: usd(0n),
        accrued: usd(0n),
        services: [],
        bookedOn: '2026-01-31',
      },
    });
    expect(transfers(facts)).toEqual(['2026-01-31 deferred_revenue revenue 1700']);
    const january = year.after(book('2026-01'));
    january.when(book('2026-01')).thenNothing();
    expect(balances(january.after(book('2026-02')))).toEqual([320_00n, 0n, 45_00n]);
    // The year is over, and 17 days of the second are not invoiced.
    expect(balances(january.after(book('2027-01')))).toEqual([0n, 17_00n, 382_00n]);
  });

  it('is not booked before its month is over', () => {
    year.when(book('2026-01', { today: on('2026-01-31') })).thenNothing();
    year.when(book('2026-01', { today: on('2026-02-01') })).then(like('RevenueRecognized'), like('TransferPosted'));
  });

  it('that is upgraded in between is earned until then, and the new one from then on', () => {
    const march = at('2026-03-01T00:00:00Z');
    const { facts, state } = year
      .after(book('2026-01'), changePlan({ catalog: CATALOG, plan: 'larger', at: march, now: march }))
      .when(billAccount({ catalog: CATALOG, invoiceId: SECOND, billThrough: march, now: march }));
    // 45 days were served of the first: 320.00 come back. The second has 320 days at 2.00.
    expect(linesIn(facts).map(({ amount }) => amount.minor)).toEqual([640_00n, -320_00n]);
    expect(toldIn(facts)[0]!.deferred).toMatch(/^2026-03 3100, 2026-04 3000, .*, 2026-12 3100, 2027-01 1400$/);
    expect(balances({ state })).toEqual([668_00n, 0n, 17_00n]);
  });

  it('that ends early is earned by its end, whatever was given back of it before', () => {
    const march = at('2026-03-01T00:00:00Z');
    const lines = linesIn(
      subscribed('year').when(billAccount({ catalog: CATALOG, billThrough: JANUARY_15, now: JANUARY_15 })).facts,
    );
    const ended = year.after(
      issueCreditNote(lines, { amount: usd(36_50n), bookedOn: on('2026-01-20') }),
      cancelSubscription({ catalog: CATALOG, at: march, now: march }),
      billAccount({ catalog: CATALOG, invoiceId: SECOND, billThrough: march, now: march }),
    );
    // 45.00 for 45 days; what is left of 365.00 after 36.50 and the correction.
    expect(balances(ended.after(book('2026-03')))).toEqual([0n, 0n, 45_00n]);
  });
});

describe('a credit note after two booked months', () => {
  const lines = linesIn(
    subscribed('year').when(billAccount({ catalog: CATALOG, billThrough: JANUARY_15, now: JANUARY_15 })).facts,
  );
  const bookedTwice = billed('year').after(book('2026-01'), book('2026-02'));
  const note = issueCreditNote(lines, { amount: usd(36_50n), bookedOn: on('2026-03-05') });

  it('takes back revenue of what is earned, and what is put off of the rest', () => {
    const { facts, state } = bookedTwice.when(note);
    // Ten cents a day: 17 and 28 days are booked, and count in March.
    expect(toldIn(facts)[0]!.earned).toBe('2026-03<2026-01 -170, 2026-03<2026-02 -280');
    expect(toldIn(facts)[0]!.deferred).toMatch(/^2026-03 -310, 2026-04 -300, .*, 2027-01 -140$/);
    expect(transfers(facts).slice(0, 2)).toEqual([
      '2026-03-05 deferred_revenue receivable 3200',
      '2026-03-05 revenue receivable 450',
    ]);
    expect(balances({ state })).toEqual([288_00n, 0n, 40_50n]);
  });

  it('lessens the month that is booked next', () => {
    const { facts } = bookedTwice.after(note).when(book('2026-03'));
    // 31 days at 0.90, less the 4.50.
    expect(facts[0]).toMatchObject({ data: { recognized: usd(23_40n), released: usd(27_90n) } });
  });

  it('that is void after its month was booked gives all of it again', () => {
    const { facts, state } = bookedTwice
      .after(note, book('2026-03'))
      .when(voidCreditNote({ catalog: CATALOG, bookedOn: on('2026-04-10') }));
    expect(toldIn(facts)[0]!.earned).toBe('2026-04<2026-01 170, 2026-04<2026-02 280, 2026-04<2026-03 310');
    expect(balances({ state })).toEqual([289_00n, 0n, 76_00n]);
  });
});

describe('a void invoice', () => {
  it('after a booking takes back revenue of what was earned, and what is put off of the rest', () => {
    const { facts, state } = billed('year')
      .after(book('2026-01'))
      .when(voidInvoice({ catalog: CATALOG }));
    expect(toldIn(facts)[0]!.earned).toBe('2026-02<2026-01 -1700');
    expect(transfers(facts)).toEqual([
      '2026-02-10 deferred_revenue receivable 34800',
      '2026-02-10 revenue receivable 1700',
    ]);
    expect(balances({ state })).toEqual([0n, 0n, 0n]);
  });

  it('of a day after a month that is booked later was billed in it, and not earned', () => {
    const { facts } = billed('standard')
      .after(voidInvoice({ catalog: CATALOG, billAgain: false }))
      .when(book('2026-01'));
    // 17 of the 31 days from 15 January to 15 February: 16.45 of 30.00 are billed, and given back on 10 February.
    expect(facts[0]).toMatchObject({
      data: { recognized: usd(0n), released: usd(16_45n), invoicedLater: usd(-16_45n) },
    });
    expect(transfers(facts)).toEqual([
      '2026-01-31 deferred_revenue revenue 1645',
      '2026-01-31 revenue deferred_revenue 1645',
    ]);
  });

  it('that is billed again on that day changes nothing of the month', () => {
    const again = at('2026-02-10T12:00:00Z');
    const { facts } = billed('standard')
      .after(
        voidInvoice({ catalog: CATALOG }),
        billAccount({ catalog: CATALOG, invoiceId: SECOND, billThrough: JANUARY_15, now: again }),
      )
      .when(book('2026-01'));
    expect(facts[0]).toMatchObject({
      data: { recognized: usd(16_45n), released: usd(16_45n), invoicedLater: usd(0n) },
    });
    expect(transfers(facts)).toEqual(['2026-01-31 deferred_revenue revenue 1645']);
  });
});

describe('usage', () => {
  const known = [
    ...readings(40, { at: at('2026-01-20T12:00:00Z') }),
    ...readings(60, { at: at('2026-02-03T12:00:00Z'), revision: 1 }),
    ...readings(30, { at: at('2026-02-20T12:00:00Z'), revision: 2 }),
  ];
  const february = at('2026-02-15T00:00:00Z');
  const billing = billAccount({ catalog: CATALOG, known, billThrough: february, now: february });

  it('across the end of a month is accrued as it was used, and its invoice books the rest', () => {
    const calls = subscribed('calls');
    const accrued = calls.when(book('2026-01', { known }));
    expect(accrued.facts[0]).toMatchObject({
      data: { recognized: usd(4_00n), accrued: usd(4_00n), services: [{ amount: usd(4_00n) }] },
    });
    expect(transfers(accrued.facts)).toEqual(['2026-01-31 unbilled_receivable revenue 400']);
    const invoiced = calls.after(book('2026-01', { known })).when(billing);
    expect(transfers(invoiced.facts)).toEqual([
      '2026-02-15 receivable unbilled_receivable 400',
      '2026-02-15 receivable revenue 600',
    ]);
    expect(toldIn(invoiced.facts)[0]).toEqual({ deferred: '', earned: '2026-02 1000, 2026-02<2026-01 -400' });
    const next = calls.after(book('2026-01', { known }), billing).when(book('2026-02', { known }));
    // 6.00 with the invoice, and 3.00 of the next period.
    expect(next.facts[0]).toMatchObject({ data: { recognized: usd(9_00n), accrued: usd(3_00n) } });
    expect(balances(next)).toEqual([0n, 3_00n, 13_00n]);
  });

  it('that is accrued for several months is accrued as a difference', () => {
    const year = subscribed('late-year').after(book('2026-01', { known }));
    const { facts, state } = year.when(book('2026-02', { known }));
    expect(facts[0]).toMatchObject({
      data: { recognized: usd(9_00n), accrued: usd(9_00n), services: [{ amount: usd(13_00n) }] },
    });
    expect(balances({ state })).toEqual([0n, 13_00n, 13_00n]);
    // What was withdrawn meanwhile is not earned after all.
    expect(transfers(year.when(book('2026-02', { known: [] })).facts)).toEqual([
      '2026-02-28 revenue unbilled_receivable 400',
    ]);
  });

  it('of a month that was invoiced before it is booked counts in it, and not on the day of its invoice', () => {
    const first = at('2026-01-01T00:00:00Z');
    const calls = subscribed('calls', first);
    const invoiced = billAccount({
      catalog: CATALOG,
      known: known.slice(0, 40),
      billThrough: at('2026-02-01T00:00:00Z'),
      now: at('2026-02-02T09:00:00Z'),
    });
    const { facts, state } = calls.after(invoiced).when(book('2026-01', { known: known.slice(0, 40) }));
    expect(facts[0]).toMatchObject({ data: { recognized: usd(4_00n), invoicedLater: usd(4_00n), accrued: usd(0n) } });
    expect(transfers(facts)).toEqual([
      '2026-01-31 unbilled_receivable revenue 400',
      '2026-02-02 revenue unbilled_receivable 400',
    ]);
    expect(balances({ state })).toEqual([0n, 0n, 4_00n]);
  });

  it('that comes late counts in the next month', () => {
    const first = at('2026-01-01T00:00:00Z');
    const march = at('2026-03-01T00:00:00Z');
    const late = [...known, ...readings(5, { at: at('2026-01-30T12:00:00Z'), revision: 3 })];
    const { facts } = subscribed('calls', first)
      .after(
        billAccount({ catalog: CATALOG, known, billThrough: at('2026-02-01T00:00:00Z') }),
        book('2026-01', { known }),
        book('2026-02', { known }),
      )
      .when(billAccount({ catalog: CATALOG, known: late, invoiceId: SECOND, billThrough: march }));
    expect(toldIn(facts)).toEqual([{ deferred: '', earned: '2026-03<2026-01 50' }]);
  });
});

describe('a fee in arrears across the end of a month', () => {
  it('is accrued by its days: 17 of 31', () => {
    const { facts } = subscribed('later').when(book('2026-01'));
    expect(facts[0]).toMatchObject({ data: { recognized: usd(16_45n), accrued: usd(16_45n) } });
    const february = at('2026-02-15T00:00:00Z');
    const invoiced = subscribed('later')
      .after(book('2026-01'))
      .when(billAccount({ catalog: CATALOG, billThrough: february, now: february }));
    expect(transfers(invoiced.facts)).toEqual([
      '2026-02-15 receivable unbilled_receivable 1645',
      '2026-02-15 receivable revenue 1355',
    ]);
  });
});

describe('an invoice as of a month that is booked', () => {
  it('is issued on the first day that is open', () => {
    const { facts } = subscribed('standard')
      .after(book('2026-01'))
      .when(billAccount({ catalog: CATALOG, billThrough: JANUARY_15, now: JANUARY_15 }));
    expect(facts).toContainEqual(
      expect.objectContaining({ data: expect.objectContaining({ invoiceId: INVOICE, issueDate: '2026-02-01' }) }),
    );
    // All of January was accrued: 16.45 of 30.00.
    expect(transfers(facts)).toEqual([
      '2026-02-01 receivable unbilled_receivable 1645',
      '2026-02-01 receivable deferred_revenue 1355',
    ]);
  });
});
