import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  billAccount,
  cancelSubscription,
  changePlan,
  createSubscription,
  givenFor,
  like,
  linesIn,
  pauseSubscription,
  resumeSubscription,
  SUBSCRIPTION,
  withdrawChange,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const seats = (unitAmount: string) =>
  aCharge({ key: 'seats', name: 'Seats', price: { model: 'per_unit', unitAmount }, timing: 'in_advance' });
const year = { unit: 'year', count: 1 } as const;
const catalog = aCatalog({
  plans: [
    aPlan({ key: 'a', charges: [seats('30')] }),
    aPlan({ key: 'b', charges: [seats('15')] }),
    aPlan({ key: 'c', charges: [seats('20')] }),
    aPlan({ key: 'b', version: 2, charges: [seats('18')] }),
    aPlan({ key: 'flat', charges: [aCharge({ price: { model: 'flat', amount: '9' } })] }),
    aPlan({ key: 'yearly', interval: year, charges: [seats('300')] }),
    aPlan({ key: 'weekly', interval: { unit: 'week', count: 1 }, charges: [seats('7')] }),
  ],
});
const june = (day: number) => at(`2026-06-${String(day).padStart(2, '0')}T00:00:00Z`);
const JULY = at('2026-07-01T00:00:00Z');
const AUGUST = at('2026-08-01T00:00:00Z');

type Parts = NonNullable<Parameters<typeof changePlan>[0]>;
const change = (changeId: string, now: ReturnType<typeof at>, parts: Parts) =>
  changePlan({ catalog, changeId, now, ...parts });
const withdraw = (changeId: string, now: ReturnType<typeof at>) => withdrawChange({ catalog, changeId, now });
let invoices = 1;
const bill = (billThrough: ReturnType<typeof at>) =>
  billAccount({ catalog, billThrough, invoiceId: anId('inv', ++invoices) });

const begun = given(anAccount()).after(
  createSubscription({ catalog, plan: 'a', quantities: { seats: '1' }, now: june(1) }),
  bill(june(1)),
);
const planned = begun.after(change('b', june(10), { plan: 'b', planVersion: 1, at: 'period_end' }));

/** First day, quantity and minor units of what the next billing makes. */
const nextLines = (from: AccountGiven, billThrough: ReturnType<typeof at>) =>
  linesIn(from.when(bill(billThrough)).facts).map(
    ({ service, quantity, amount }) => `${service.localStart.slice(5)} ${quantity} ${amount.minor}`,
  );
const total = (from: AccountGiven, billThrough: ReturnType<typeof at>) =>
  linesIn(from.when(bill(billThrough)).facts).reduce((sum, { amount }) => sum + amount.minor, 0n);
const told = ({ state }: AccountGiven) =>
  state.subscriptions
    .get(SUBSCRIPTION)!
    .segments.map(
      ({ from, plan, planVersion, quantities, status }) =>
        `${from.slice(5, 10)} ${plan}${planVersion} ${quantities['seats'] ?? '-'}${status === 'active' ? '' : ` ${status}`}`,
    );

describe('a change now, with another plan scheduled', () => {
  const more = planned.after(change('more', june(16), { quantities: { seats: '2' } }));

  it('counts at once, and what is scheduled begins with it', () => {
    expect(total(more, june(16))).toBe(15_00n);
    expect(nextLines(more.after(bill(june(16))), JULY)).toEqual(['07-01 2 3000']);
    expect(told(more)).toEqual(['06-01 a1 1', '06-16 a1 2', '07-01 b1 2']);
  });

  it('tells what it names, and how revenue moves now and then', () => {
    planned.when(change('more', june(16), { quantities: { seats: '2' } })).then(
      like('SubscriptionQuantityChanged', {
        sets: { quantities: { seats: '2' } },
        movements: [
          { at: june(16), begun: [{ amount: '60' }], ceased: [{ amount: '30' }] },
          { at: JULY, begun: [{ amount: '30' }, { amount: '30' }], ceased: [{ amount: '60' }, { amount: '15' }] },
        ],
      }),
    );
  });

  it('lets a scheduled plan happen in its moment, whatever plan counts until then', () => {
    const other = planned.after(change('c', june(16), { plan: 'c' }));
    expect(told(other)).toEqual(['06-01 a1 1', '06-16 c1 1', '07-01 b1 1']);
    expect(total(other, june(16))).toBe(-5_00n);
    expect(nextLines(other.after(bill(june(16))), JULY)).toEqual(['07-01 1 1500']);
  });

  it('does not touch what the later one names', () => {
    const both = begun
      .after(change('later', june(10), { quantities: { seats: '5' }, at: 'period_end' }))
      .after(change('now', june(16), { quantities: { seats: '2' } }));
    expect(told(both)).toEqual(['06-01 a1 1', '06-16 a1 2', '07-01 a1 5']);
    const plan = both.after(change('plan', june(20), { plan: 'c' }));
    expect(told(plan)).toEqual(['06-01 a1 1', '06-16 a1 2', '06-20 c1 2', '07-01 c1 5']);
  });

  it('drops units that the later plan has no charge for', () => {
    const flat = begun
      .after(change('flat', june(10), { plan: 'flat', at: 'period_end' }))
      .after(change('more', june(16), { quantities: { seats: '2' } }));
    expect(told(flat)).toEqual(['06-01 a1 1', '06-16 a1 2', '07-01 flat1 -']);
    expect(told(flat.after(withdraw('flat', june(20))))).toEqual(['06-01 a1 1', '06-16 a1 2']);
  });

  it('composes in the past as well as ahead', () => {
    const corrected = more.after(change('back', june(20), { plan: 'c', at: june(5) }));
    expect(told(corrected)).toEqual(['06-01 a1 1', '06-05 c1 1', '06-16 c1 2', '07-01 b1 2']);
  });

  it('names a version alone, and leaves the units', () => {
    const versions = more.after(change('v2', june(18), { plan: 'b', planVersion: 2, at: AUGUST }));
    expect(told(versions)).toEqual(['06-01 a1 1', '06-16 a1 2', '07-01 b1 2', '08-01 b2 2']);
    const unnamed = versions.after(change('three', june(19), { quantities: { seats: '3' }, at: june(25) }));
    expect(told(unnamed).slice(2)).toEqual(['06-25 a1 3', '07-01 b1 3', '08-01 b2 3']);
  });
});

describe('what is scheduled', () => {
  const more = planned.after(change('more', june(16), { quantities: { seats: '2' } }));

  it('is withdrawn in any order, and the rest is folded again', () => {
    expect(told(more.after(withdraw('b', june(20))))).toEqual(['06-01 a1 1', '06-16 a1 2']);
    const later = more.after(change('c', june(17), { plan: 'c', at: AUGUST }));
    expect(told(later.after(withdraw('b', june(20))))).toEqual(['06-01 a1 1', '06-16 a1 2', '08-01 c1 2']);
    expect(told(later.after(withdraw('c', june(20))))).toEqual(told(more));
  });

  it('keeps what it says: a change that makes it impossible is refused', () => {
    const five = begun.after(change('five', june(10), { quantities: { seats: '5' }, at: 'period_end' }));
    five.when(change('flat', june(16), { plan: 'flat' })).thenRefused('later_change_exists');
    expect(told(five.after(withdraw('five', june(16)), change('flat', june(16), { plan: 'flat' })))).toEqual([
      '06-01 a1 1',
      '06-16 flat1 -',
    ]);
    const onB = begun.after(
      change('flat', june(2), { plan: 'flat', at: june(20) }),
      change('b', june(10), { plan: 'b', planVersion: 1, at: 'period_end' }),
      change('five', june(10), { quantities: { seats: '5' }, at: AUGUST }),
    );
    onB.when(withdraw('b', june(16))).thenRefused('later_change_exists');
  });

  it('begins periods of its own where those before it are of another length', () => {
    const yearly = begun.after(change('year', june(10), { plan: 'yearly', at: 'period_end' }));
    const sooner = yearly.after(change('now', june(16), { plan: 'yearly' }));
    const cycles = sooner.state.subscriptions.get(SUBSCRIPTION)!.segments.map(({ cycleFrom }) => cycleFrom);
    expect(cycles).toEqual([june(1), june(16), june(16)]);
    // A year from 16 June on; what is scheduled for July is what counts by then already.
    expect(total(sooner, june(16))).toBe(285_00n);
    expect(nextLines(sooner.after(bill(june(16))), AUGUST)).toEqual([]);
  });

  it('without proration is not put into the middle of a period', () => {
    const yearly = begun.after(change('year', june(10), { plan: 'yearly', at: 'period_end', proration: 'none' }));
    yearly.when(change('week', june(16), { plan: 'weekly' })).thenRefused('later_change_exists');
    expect(told(yearly.after(change('c', june(16), { plan: 'c' })))).toEqual([
      '06-01 a1 1',
      '06-16 c1 1',
      '07-01 yearly1 1',
    ]);
  });
});

describe('pauses and ends', () => {
  const pause = (changeId: string, parts: Parameters<typeof pauseSubscription>[0]) =>
    pauseSubscription({ catalog, changeId, ...parts });

  it('compose with what is scheduled', () => {
    const paused = planned.after(
      pause('p', { at: june(12), now: june(12) }),
      change('more', june(16), { quantities: { seats: '2' } }),
      resumeSubscription({ catalog, changeId: 'r', at: AUGUST, now: june(16) }),
    );
    expect(told(paused)).toEqual([
      '06-01 a1 1',
      '06-12 a1 1 paused',
      '06-16 a1 2 paused',
      '07-01 b1 2 paused',
      '08-01 b1 2',
    ]);
  });

  it('a pause that is planned lets one begin before it; a resumption ends both', () => {
    const ahead = begun.after(pause('later', { at: JULY, until: AUGUST, now: june(10) }));
    ahead
      .when(pause('within', { at: at('2026-07-10T00:00:00Z'), now: june(16) }))
      .thenRefused('subscription_already_paused');
    const both = ahead.after(pause('now', { at: june(16), now: june(16) }));
    expect(told(both)).toEqual(['06-01 a1 1', '06-16 a1 1 paused', '07-01 a1 1 paused', '08-01 a1 1 paused']);
    const july = at('2026-07-10T00:00:00Z');
    expect(told(both.after(resumeSubscription({ catalog, at: july, now: june(17) }))).at(-1)).toBe('07-10 a1 1');
    const back = both.after(resumeSubscription({ catalog, at: june(20), now: june(20) }));
    expect(told(back)).toEqual(['06-01 a1 1', '06-16 a1 1 paused', '06-20 a1 1', '07-01 a1 1 paused', '08-01 a1 1']);
  });

  it('a pause that begins where one was resumed is one', () => {
    const again = begun.after(
      pause('one', { at: june(5), now: june(5) }),
      resumeSubscription({ catalog, changeId: 'r', at: june(10), now: june(10) }),
      pause('two', { at: june(10), now: june(10) }),
    );
    expect(told(again)).toEqual(['06-01 a1 1', '06-05 a1 1 paused', '06-10 a1 1 paused']);
    expect(told(again.after(resumeSubscription({ catalog, changeId: 'r2', at: june(12), now: june(12) }))).at(-1)).toBe(
      '06-12 a1 1',
    );
  });

  it('an end that is planned lets everything count before it', () => {
    const ends = planned.after(
      cancelSubscription({ catalog, changeId: 'end', at: AUGUST, now: june(11) }),
      change('more', june(16), { quantities: { seats: '2' } }),
    );
    expect(told(ends)).toEqual(['06-01 a1 1', '06-16 a1 2', '07-01 b1 2']);
    ends.when(change('late', june(17), { plan: 'c', at: AUGUST })).thenRefused('subscription_canceled');
  });
});

describe('a change that was stored whole', () => {
  it('sets everything in its moment, as it did', () => {
    const [stored] = begun.when(change('b', june(10), { plan: 'b', planVersion: 1, at: 'period_end' })).facts;
    const { sets: _, ...whole } = (stored as { readonly data: Record<string, unknown> }).data;
    const old = begun.and({ type: 'SubscriptionPlanChanged', data: whole } as never);
    expect(told(old.after(change('more', june(16), { quantities: { seats: '2' } })))).toEqual([
      '06-01 a1 1',
      '06-16 a1 2',
      '07-01 b1 1',
    ]);
  });
});
