import type { Charge, CreditPolicy } from '#contracts';
import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  createSubscription,
  givenFor,
  linesIn,
  totalIn,
} from '#testing';
import type { Interval } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const day = (date: string) => at(`${date}T00:00:00Z`);
const month: Interval = { unit: 'month', count: 1 };
const quarter: Interval = { unit: 'month', count: 3 };
const year: Interval = { unit: 'year', count: 1 };

/** A subscription since a day, on a plan with one charge of 9.95, and what it takes to cancel and bill it. */
const story = (start: string, anchorDay: number | undefined, interval: Interval, charge: Partial<Charge> = {}) => {
  const catalog = aCatalog({
    plans: [aPlan({ interval, charges: [aCharge({ price: { model: 'flat', amount: '9.95' }, ...charge })] })],
  });
  const anchor = { align: 'subscription', ...(anchorDay === undefined ? {} : { day: anchorDay }) } as const;
  const from = given(anAccount({ openedAt: day(start) })).after(
    createSubscription({ catalog, anchor, now: day(start) }),
  );
  const cancel = (end: string, credit: CreditPolicy = 'prorated') =>
    cancelSubscription({ catalog, at: day(end), credit, now: day(end) });
  const bill = (through: string, invoice = 1) =>
    billAccount({ catalog, billThrough: day(through), invoiceId: anId('inv', invoice) });
  return { from, cancel, bill };
};

/** Each line’s share of its whole period. */
const sharesOf = (facts: Parameters<typeof linesIn>[0]) =>
  linesIn(facts).map(({ proration }) => (proration ? `${proration.numerator}/${proration.denominator}` : '1'));

describe('a first and a final period', () => {
  it.each<[string, number, Interval, string, string[]]>([
    ['2011-01-01', 15, month, '2011-02-27', ['14/31', '1', '12/28']],
    ['2011-02-07', 7, month, '2011-03-10', ['1', '3/31']],
    ['2010-06-17', 17, month, '2010-07-25', ['1', '8/31']],
    ['2011-02-20', 20, month, '2011-03-06', ['14/28']],
    // A clamped first day ends the period from the clamped day before it: 31 January.
    ['2011-02-14', 31, month, '2011-03-31', ['14/28', '1']],
    ['2010-12-15', 15, month, '2011-03-17', ['1', '1', '1', '2/31']],
    ['2011-01-01', 15, quarter, '2011-04-27', ['14/92', '1', '12/91']],
    ['2011-01-31', 7, quarter, '2011-05-10', ['66/90', '33/91']],
    ['2011-02-07', 7, quarter, '2011-05-10', ['1', '3/92']],
    ['2011-01-01', 15, year, '2012-01-27', ['14/365', '1', '12/366']],
    ['2010-06-17', 17, year, '2011-06-25', ['1', '8/366']],
    ['2024-01-31', 31, month, '2024-03-15', ['1', '15/31']],
  ])('from %s on day %d, every %j, to %s cost their days: %j', (start, anchorDay, interval, end, shares) => {
    const { from, cancel, bill } = story(start, anchorDay, interval);
    expect(sharesOf(from.after(cancel(end)).when(bill(end)).facts)).toEqual(shares);
  });

  it.each([
    ['2011-01-01', 15, '2011-02-27'],
    ['2024-01-31', 31, '2024-03-15'],
    ['2024-02-10', 29, '2024-02-12'],
    ['2024-02-10', 1, '2024-03-01'],
  ])(
    'from %s on day %d to %s cost the same if they were billed whole before the end was known',
    (start, anchorDay, end) => {
      const { from, cancel, bill } = story(start, anchorDay, month);
      const known = totalIn(from.after(cancel(end)).when(bill(end)).facts)!;
      const whole = from.when(bill(end));
      const corrected = from.after(bill(end), cancel(end)).when(bill(end, 2));
      expect((totalIn(whole.facts) ?? 0n) + (totalIn(corrected.facts) ?? 0n)).toBe(known);
    },
  );

  it.each([
    ['9.95', '2012-05-02', '2012-06-01', '30/31', 963n],
    ['100', '2024-03-15', '2024-04-01', '17/31', 5484n],
    ['1', '2022-06-27', '2022-07-01', '4/30', 13n],
  ])('of %s from %s to %s costs %s of it: %s', (amount, start, end, share, minor) => {
    const { from, cancel, bill } = story(start, 1, month, { price: { model: 'flat', amount } });
    const { facts } = from.after(cancel(end)).when(bill(end));
    expect([sharesOf(facts), totalIn(facts)]).toEqual([[share], minor]);
  });

  it('count days of the account’s zone, however long they are', () => {
    const catalog = aCatalog();
    const start = at('2024-03-10T05:00:00Z');
    const { facts } = given(anAccount({ timeZone: 'America/New_York' }))
      .after(
        createSubscription({ catalog, now: start, anchor: { align: 'calendar' } }),
        cancelSubscription({ catalog, at: at('2024-03-12T04:00:00Z'), now: at('2024-03-12T04:00:00Z') }),
      )
      .when(billAccount({ catalog, billThrough: at('2024-03-12T04:00:00Z') }));
    expect(sharesOf(facts)).toEqual(['2/31']);
  });

  it('of less than a day are not billed at all', () => {
    const start = at('2024-03-10T05:00:00Z');
    const { facts } = given(anAccount())
      .after(createSubscription({ now: start }), cancelSubscription({ now: at('2024-03-10T20:00:00Z') }))
      .when(billAccount({ billThrough: at('2024-03-10T20:00:00Z') }));
    expect([sharesOf(facts), totalIn(facts)]).toEqual([[], undefined]);
  });

  it('cost the whole where the charge is not prorated', () => {
    const { from, cancel, bill } = story('2011-01-01', 15, month, { proration: 'none' });
    const { facts } = from.after(cancel('2011-02-27')).when(bill('2011-02-27'));
    expect([sharesOf(facts), totalIn(facts)]).toEqual([['1', '1', '1'], 3n * 995n]);
  });

  it('of what comes once costs it whole', () => {
    const { from, cancel, bill } = story('2011-01-01', 15, month, { kind: 'one_time' });
    const { facts } = from.after(cancel('2011-01-03')).when(bill('2011-01-03'));
    expect([sharesOf(facts), totalIn(facts)]).toEqual([['1'], 995n]);
  });
});

describe('a subscription that was canceled after it was billed', () => {
  const told = (charge: Partial<Charge>, credit: CreditPolicy, end: string) => {
    const { from, cancel, bill } = story('2026-01-01', undefined, month, charge);
    const { facts } = from.after(bill('2026-01-01'), cancel(end, credit)).when(bill('2026-01-20', 2));
    return linesIn(facts).map(({ kind, amount }) => [kind, amount.minor]);
  };

  it('gets back the days that it does not use', () => {
    expect(told({}, 'prorated', '2026-01-11')).toEqual([['correction', -674n]]);
    expect(told({}, 'prorated', '2026-01-01')).toEqual([['correction', -995n]]);
  });

  it('owes no least amount of usage for what it did not serve', () => {
    const catalog = aCatalog({
      plans: [aPlan({ charges: [aUsageCharge({ price: { model: 'per_unit', unitAmount: '1', minimum: '5' } })] })],
    });
    const bill = (through: string, invoice: number) =>
      billAccount({ catalog, billThrough: day(through), invoiceId: anId('inv', invoice) });
    const { facts } = given(anAccount())
      .after(
        createSubscription({ catalog }),
        bill('2026-03-01', 1),
        cancelSubscription({ catalog, at: day('2026-01-20'), now: day('2026-03-01') }),
      )
      .when(bill('2026-03-01', 2));
    expect(linesIn(facts).map(({ service, amount }) => [service.start, amount.minor])).toEqual([
      [day('2026-02-01'), -500n],
    ]);
  });

  it('gets back nothing if it was canceled without credit, or the charge is not prorated', () => {
    expect(told({}, 'none', '2026-01-11')).toEqual([]);
    expect(told({ proration: 'none' }, 'prorated', '2026-01-11')).toEqual([]);
  });

  it.each<[string, Partial<Charge>]>([
    ['is not prorated', { proration: 'none' }],
    ['costs a minimum', { price: { model: 'per_unit', unitAmount: '0', minimum: '9.95' } }],
  ])('back to its start gets back all, also if the charge %s: it was never served', (_, charge) => {
    expect(told(charge, 'prorated', '2026-01-01')).toEqual([['correction', -995n]]);
  });
});

describe('a part of a period', () => {
  it.each<[Charge['proration'], string[], bigint]>([
    ['day', ['14/31', '1', '12/28'], 449n + 995n + 426n],
    ['fixed30', ['14/30', '1', '12/30'], 464n + 995n + 398n],
    ['second', ['1209600/2678400', '1', '1036800/2419200'], 449n + 995n + 426n],
  ])('costs by the policy of its charge: %s', (proration, shares, total) => {
    const { from, cancel, bill } = story('2011-01-01', 15, month, { proration });
    const { facts } = from.after(cancel('2011-02-27')).when(bill('2011-02-27'));
    expect([sharesOf(facts), totalIn(facts)]).toEqual([shares, total]);
  });

  it('of less than a day costs its seconds', () => {
    const charge = aCharge({ price: { model: 'flat', amount: '31' }, proration: 'second' });
    const catalog = aCatalog({ plans: [aPlan({ charges: [charge] })] });
    const [start, end] = [at('2024-03-10T05:00:00Z'), at('2024-03-10T17:00:00.5Z')];
    const { facts } = given(anAccount())
      .after(
        createSubscription({ catalog, now: start, anchor: { align: 'calendar' } }),
        cancelSubscription({ catalog, at: end, now: end }),
      )
      .when(billAccount({ catalog, billThrough: end }));
    expect([sharesOf(facts), totalIn(facts)]).toEqual([['43200/2678400'], 50n]);
  });
});
