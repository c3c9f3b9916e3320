import type { AccountFact } from '#contracts';
import { toJson } from '#kernel';
import {
  aCatalog,
  aCharge,
  addInvoiceItem,
  anAccount,
  anId,
  aPlan,
  applyDiscount,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  givenFor,
  on,
  pauseSubscription,
  resumeSubscription,
  totalIn,
  uncancelSubscription,
  usd,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider, type AccountCommand } from '../account/account.decider.js';

const given = givenFor(accountDecider);
/** A fee of 30.00 a month. */
const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge()] })] });
const SECOND = anId('sub', 2);
type Apply = Extract<AccountCommand, { type: 'ApplyAccountDiscount' }>;
const PARTNER = anId('dsc', 50);
const partner = (terms: Partial<Apply['terms']> = {}, parts: Partial<Apply> = {}): Apply => ({
  type: 'ApplyAccountDiscount',
  discountId: PARTNER,
  terms: { name: 'Partner', percent: '10', duration: 'forever', ...terms },
  catalog,
  now: at('2026-01-01T00:00:00Z'),
  ...parts,
});
const remove = {
  type: 'RemoveAccountDiscount',
  discountId: PARTNER,
  catalog,
  now: at('2026-01-01T00:00:00Z'),
} as const;
const subscribed = given(anAccount()).after(createSubscription({ catalog }));
const both = createSubscription({ catalog, subscriptionId: SECOND });
const bill = billAccount({ catalog, billThrough: at('2026-01-02T00:00:00Z') });

describe('a discount of an account as a whole', () => {
  it('is taken off what it has, and off what comes about', () => {
    expect(totalIn(subscribed.when(bill).facts)).toBe(30_00n);
    const discounted = subscribed.after(partner(), both);
    expect(totalIn(discounted.when(bill).facts)).toBe(54_00n);
    expect(discounted.when(partner()).facts).toEqual([]);
    expect(discounted.state.subscriptions.get(SECOND)!.discounts).toMatchObject([
      { terms: { accountDiscountId: PARTNER, name: 'Partner' }, window: { until: null } },
    ]);
  });

  it('stands beside those of a subscription, and lets one alone that goes with no other', () => {
    // 30.00 less 20 % is 24.00, less 10 % of that is 21.60.
    expect(totalIn(subscribed.after(applyDiscount({ catalog }), partner()).when(bill).facts)).toBe(21_60n);
    const alone = subscribed.after(applyDiscount({ catalog, terms: { exclusive: true } }), partner());
    expect(totalIn(alone.when(bill).facts)).toBe(24_00n);
    expect(totalIn(alone.after(both).when(bill).facts)).toBe(51_00n);
  });

  it('changes what recurs, and changes it back', () => {
    const began = subscribed.when(partner()).facts.find(({ type }) => type === 'DiscountBegan')!;
    expect(began.data).toMatchObject({ movements: [{ begun: [{ amount: '27' }], ceased: [{ amount: '30' }] }] });
    const gone = subscribed.after(partner()).when(remove).facts;
    expect(gone.map(({ type }) => type)).toEqual(['AccountDiscountRemoved', 'DiscountRemoved']);
    expect(gone[1]!.data).toMatchObject({ movements: [{ begun: [{ amount: '30' }], ceased: [{ amount: '27' }] }] });
  });

  it('is taken off nothing that comes about once it is removed', () => {
    const removed = subscribed.after(partner(), remove);
    expect(totalIn(removed.after(both).when(bill).facts)).toBe(60_00n);
    expect(removed.when(remove).facts).toEqual([]);
    removed.when({ ...remove, discountId: anId('dsc', 51) }).thenRefused('discount_not_found');
  });

  it('ends for each subscription by the periods of that, or on a day for all', () => {
    const twice = subscribed.after(partner({ duration: 'periods', periods: 1 }));
    const months = (given: typeof twice) =>
      totalIn(given.when(billAccount({ catalog, billThrough: at('2026-02-02T00:00:00Z') })).facts);
    expect(months(twice)).toBe(57_00n);
    expect(months(subscribed.after(partner({ duration: 'until', ends: on('2026-02-01') })))).toBe(57_00n);
  });

  it('waits for a subscription that is paused or ends, should that go on', () => {
    const [now, later] = [at('2026-01-11T00:00:00Z'), at('2026-02-11T00:00:00Z')];
    const march = billAccount({ catalog, invoiceId: anId('inv', 2), billThrough: at('2026-03-02T00:00:00Z') });
    const billed = subscribed.after(bill);
    const apply = partner({}, { now });
    const paused = billed.after(pauseSubscription({ catalog, now, credit: 'none' }), apply);
    // February from the 11th on is 18 of 28 days, 19.29 less 1.93; March is 27.00.
    expect(totalIn(paused.after(resumeSubscription({ catalog, now: later })).when(march).facts)).toBe(44_36n);
    const ending = billed.after(cancelSubscription({ catalog, now, at: 'period_end' }), apply);
    const goingOn = ending.after(uncancelSubscription({ catalog, now }));
    expect(totalIn(goingOn.when(march).facts)).toBe(54_00n);
    const gone = ending.after({ ...remove, now }, uncancelSubscription({ catalog, now }));
    expect(totalIn(gone.when(march).facts)).toBe(60_00n);
  });

  it('is in the way of nothing once its day has come', () => {
    const [now, later] = [at('2026-01-11T00:00:00Z'), at('2026-02-11T00:00:00Z')];
    const until = partner({ duration: 'until', ends: on('2026-01-20') }, { now });
    const paused = subscribed.after(bill, pauseSubscription({ catalog, now }), until);
    const resumed = paused.after(resumeSubscription({ catalog, now: later }));
    const exclusive = applyDiscount({ catalog, terms: { exclusive: true }, now: later });
    expect(resumed.when(exclusive).facts.map(({ type }) => type)).toEqual(['DiscountApplied', 'DiscountBegan']);
  });

  it('is one of few, and counts for some time', () => {
    const five = [1, 2, 3, 4, 5].map((index) => partner({}, { discountId: anId('dsc', 60 + index) }));
    subscribed
      .after(...five)
      .when(partner())
      .thenRefused('too_many_discounts');
    subscribed.when(partner({ duration: 'until', ends: on('2020-01-01') })).thenRefused('discount_without_period');
  });
});

/** Of an event, with whom and what it comes from. */
const METADATA_BYTES = 600;

describe('an account of very many subscriptions', () => {
  const full = (more: number) => ({ ...subscribed.state, liveSubscriptions: 200 + more });

  it('has and loses it in appends that the log takes', () => {
    const charges = Array.from({ length: 20 }, (_, index) => aCharge({ key: `charge-${index}` }));
    const twenty = aCatalog({ plans: [aPlan({ charges })] });
    const subscriptions = Array.from({ length: 200 }, (_, index) =>
      createSubscription({ catalog: twenty, subscriptionId: anId('sub', index + 1) }),
    );
    const many = given(anAccount()).after(...subscriptions);
    const apply = partner({}, { catalog: twenty });
    const sizeOf = (facts: readonly AccountFact[]): number =>
      facts.reduce((sum, { data }) => sum + JSON.stringify(toJson(data)).length + METADATA_BYTES, 0);
    expect(sizeOf(many.when(apply).facts)).toBeLessThan(1024 * 1024);
    expect(sizeOf(many.after(apply).when({ ...remove, catalog: twenty }).facts)).toBeLessThan(1024 * 1024);
  });

  it('has no discount as a whole, and one with a discount does not come to have so many', () => {
    const refused = (command: AccountCommand, more: number) => () => accountDecider.decide(command, full(more));
    expect(refused(partner(), 1)).toThrow('at most 200 live subscriptions');
    expect(refused(partner(), 0)).not.toThrow();
    const state = { ...subscribed.after(partner()).state, liveSubscriptions: 200 };
    expect(() => accountDecider.decide(both, state)).toThrow('at most 200 live subscriptions');
  });
});

describe('an item of an account that has a discount as a whole', () => {
  const item = (amount: bigint, parts = {}) => addInvoiceItem({ price: { amount: usd(amount) }, ...parts });
  const added = (...commands: AccountCommand[]) =>
    given(anAccount())
      .after(...commands)
      .when(item(9_99n)).facts[0]!.data;

  it('says what is left, and what was taken off', () => {
    expect(added(partner())).toMatchObject({
      amount: usd(8_99n),
      discounts: [{ discountId: PARTNER, name: 'Partner', amount: usd(1_00n) }],
    });
    // 9.99 less 1.00 is 8.99, half of which is rounded up: 4.50.
    const half = partner({ name: 'Half', percent: '50' }, { discountId: anId('dsc', 51) });
    expect(added(partner(), half)).toMatchObject({ amount: usd(4_49n) });
  });

  it('is as it was added where it gives something back, or none counts for items', () => {
    expect(given(anAccount()).after(partner()).when(item(-5_00n)).facts[0]!.data).not.toHaveProperty('discounts');
    expect(added(partner({ duration: 'periods', periods: 2 }))).toMatchObject({ amount: usd(9_99n) });
    expect(added(partner(), remove)).toMatchObject({ amount: usd(9_99n) });
  });
});
