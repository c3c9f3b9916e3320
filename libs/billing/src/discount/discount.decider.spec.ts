import {
  aCatalog,
  aCharge,
  activateSubscription,
  anAccount,
  anId,
  aPlan,
  applyDiscount,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  changePlan,
  createSubscription,
  givenFor,
  including,
  like,
  on,
  pauseSubscription,
  removeDiscount,
  usd,
} from '#testing';
import type { AccountFact } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const subscribed = given(anAccount()).after(createSubscription());
const JANUARY_15 = at('2026-01-15T00:00:00Z');
const FEBRUARY = at('2026-02-01T00:00:00Z');
const month = { unit: 'month', count: 1 };
const base = (amount: string) => ({ charge: 'base', interval: month, amount });

const windowIn = (facts: readonly AccountFact[]) => {
  const began = facts.find(({ type }) => type === 'DiscountBegan');
  const { from, until } = (began as Extract<AccountFact, { type: 'DiscountBegan' }>).data;
  return [from, until];
};
const movementsIn = (facts: readonly AccountFact[]) =>
  facts.flatMap(({ data }) => ('movements' in data ? data.movements : []));

describe('a discount', () => {
  it('counts from the period on that goes on, where nothing of it is billed', () => {
    subscribed.when(applyDiscount({ now: JANUARY_15 })).then(
      {
        type: 'DiscountApplied',
        data: {
          discountId: anId('dsc'),
          subscriptionId: anId('sub'),
          name: 'Agreed',
          percent: '20',
          duration: 'forever',
        },
      },
      {
        type: 'DiscountBegan',
        data: {
          discountId: anId('dsc'),
          subscriptionId: anId('sub'),
          from: '2026-01-01',
          currency: 'USD',
          movements: [{ at: '2026-01-01T00:00:00Z', begun: [base('24')], ceased: [base('30')] }],
        },
      },
    );
  });

  it('counts from the next period on where the fee of this one is billed, or that of later ones', () => {
    const billed = subscribed.after(billAccount());
    expect(windowIn(billed.when(applyDiscount({ now: JANUARY_15 })).facts)).toEqual(['2026-02-01', undefined]);
    const ahead = subscribed.after(billAccount({ billThrough: at('2026-03-01T00:00:00Z') }));
    expect(windowIn(ahead.when(applyDiscount({ now: JANUARY_15 })).facts)).toEqual(['2026-04-01', undefined]);
  });

  it('counts from its first period on where a stub begins the subscription, or a trial', () => {
    const calendar = createSubscription({ startAt: JANUARY_15, anchor: { align: 'calendar' }, now: JANUARY_15 });
    const stub = given(anAccount()).after(calendar);
    const periods = { terms: { duration: 'periods', periods: 2 } } as const;
    expect(windowIn(stub.when(applyDiscount({ ...periods, now: JANUARY_15 })).facts)).toEqual([
      '2026-01-01',
      '2026-03-01',
    ]);
    const trial = given(anAccount()).after(createSubscription({ trial: { days: 14 } }));
    expect(windowIn(trial.when(applyDiscount(periods)).facts)).toEqual(['2026-01-15', '2026-03-15']);
  });

  it('counts in whole periods that turn on the last day of a month', () => {
    const startAt = at('2026-01-31T00:00:00Z');
    const state = given(anAccount()).after(createSubscription({ startAt, now: startAt }));
    const three = applyDiscount({ terms: { duration: 'periods', periods: 3 }, now: startAt });
    // Periods begin on 31 January, 28 February, 31 March and 30 April.
    expect(windowIn(state.when(three).facts)).toEqual(['2026-01-31', '2026-04-30']);
  });

  it('begins with a subscription that has not begun', () => {
    const startAt = at('2026-03-01T00:00:00Z');
    const ahead = given(anAccount()).after(createSubscription({ startAt }));
    const applied = ahead.after(applyDiscount());
    ahead.when(applyDiscount()).then(like('DiscountApplied'));
    expect(applied.when(activateSubscription({ at: startAt, now: startAt })).facts).toContainEqual(
      including('DiscountBegan', { from: '2026-03-01' }),
    );
    const discounts = [{ discountId: anId('dsc'), terms: applyDiscount().terms }];
    given(anAccount())
      .when(createSubscription({ discounts }))
      .then(like('SubscriptionCreated'), like('DiscountApplied'), like('SubscriptionActivated'), like('DiscountBegan'));
  });

  it('is applied once, and removed once', () => {
    const applied = subscribed.after(applyDiscount());
    applied.when(applyDiscount({ now: FEBRUARY })).thenNothing();
    applied.after(removeDiscount()).when(removeDiscount()).thenNothing();
    subscribed.when(removeDiscount()).thenRefused('discount_not_found');
  });

  it('removed counts no more in the first period of which nothing is billed', () => {
    const applied = subscribed.after(applyDiscount());
    applied.when(removeDiscount({ now: JANUARY_15 })).then(
      like('DiscountRemoved', {
        until: '2026-01-01',
        movements: [{ at: '2026-01-01T00:00:00Z', begun: [base('30')], ceased: [base('24')] }],
      }),
    );
    applied
      .after(billAccount())
      .when(removeDiscount({ now: JANUARY_15 }))
      .then(like('DiscountRemoved', { until: '2026-02-01' }));
  });

  it.each([
    ['of another currency', applyDiscount({ terms: { amount: { minor: 5n, currency: 'EUR' } } }), 'currency_mismatch'],
    ['of other plans', applyDiscount({ terms: { plans: ['pro'] } }), 'discount_not_applicable'],
    ['of other charges', applyDiscount({ terms: { charges: ['seats'] } }), 'discount_not_applicable'],
    [
      'that has ended',
      applyDiscount({ terms: { duration: 'until', ends: on('2026-01-01') } }),
      'discount_without_period',
    ],
  ])('is refused %s', (_, command, code) => {
    subscribed.when(command).thenRefused(code);
  });

  it('is refused where it is one too many, or goes with no other', () => {
    const another = (terms = {}) => applyDiscount({ discountId: anId('dsc', 2), terms });
    subscribed
      .after(applyDiscount())
      .when(another({ exclusive: true }))
      .thenRefused('discount_not_combinable');
    subscribed
      .after(applyDiscount({ terms: { exclusive: true } }))
      .when(another())
      .thenRefused('discount_not_combinable');
    subscribed
      .after(applyDiscount({ terms: { exclusive: true } }), removeDiscount())
      .when(another())
      .then(like('DiscountApplied'), like('DiscountBegan'));
    const full = subscribed.after(
      ...Array.from({ length: 20 }, (_, index) => applyDiscount({ discountId: anId('dsc', index + 10) })),
    );
    full.when(another()).thenRefused('too_many_discounts');
  });

  it('is refused where no period begins any more', () => {
    const billed = subscribed.after(
      billAccount(),
      cancelSubscription({ at: FEBRUARY, now: JANUARY_15, credit: 'none' }),
    );
    billed.when(applyDiscount({ now: JANUARY_15 })).thenRefused('discount_without_period');
    billed.when(applyDiscount({ now: FEBRUARY })).thenRefused('subscription_ended');
  });
});

describe('a coupon', () => {
  const redeem = (number: number, limits: object) =>
    applyDiscount({ discountId: anId('dsc', number), terms: { coupon: 'LAUNCH' }, limits });

  it('is redeemed by an account as often as it may be', () => {
    const once = subscribed.after(redeem(1, { perAccount: 1 }));
    once.when(redeem(2, { perAccount: 1 })).thenRefused('coupon_already_redeemed', '/coupon');
    once.when(redeem(2, { perAccount: 2 })).then(like('DiscountApplied'), like('DiscountBegan'));
  });

  it('is for those without an invoice, where it says so', () => {
    subscribed.when(redeem(1, { firstTimeOnly: true })).then(like('DiscountApplied'), like('DiscountBegan'));
    subscribed
      .after(billAccount())
      .when(redeem(1, { firstTimeOnly: true }))
      .thenRefused('coupon_first_time_only');
  });

  it('is not redeemed any more by a request whose reservation has lapsed', () => {
    const lapse = { type: 'LapseRedemption', discountId: anId('dsc'), coupon: 'LAUNCH' } as const;
    subscribed.when(lapse).then({ type: 'RedemptionLapsed', data: { discountId: anId('dsc'), coupon: 'LAUNCH' } });
    subscribed.after(lapse).when(lapse).thenNothing();
    subscribed.after(lapse).when(redeem(1, {})).thenRefused('coupon_redemption_lapsed');
    subscribed.after(redeem(1, {})).when(lapse).thenNothing();
  });
});

describe('monthly recurring revenue', () => {
  const both = aCatalog({
    plans: [
      aPlan({ charges: [aCharge(), aUsageCharge()] }),
      aPlan({ key: 'pro', charges: [aCharge({ price: { model: 'flat', amount: '60' } })] }),
    ],
  });
  const state = given(anAccount()).after(createSubscription({ catalog: both }));

  it('is what a discount leaves while it counts, and of one that counts once all', () => {
    const three = applyDiscount({ catalog: both, terms: { percent: '33.5', duration: 'periods', periods: 3 } });
    expect(movementsIn(state.when(three).facts)).toEqual([
      { at: '2026-01-01T00:00:00Z', begun: [base('19.95')], ceased: [base('30')] },
      { at: '2026-04-01T00:00:00Z', begun: [base('30')], ceased: [base('19.95')] },
    ]);
    const once = applyDiscount({ catalog: both, terms: { duration: 'once' } });
    expect(movementsIn(state.when(once).facts)).toEqual([]);
  });

  it('of another plan, and of an end, is what the discount leaves of them', () => {
    const discounted = state.after(applyDiscount({ catalog: both, terms: { amount: usd(10_00n) } }));
    const change = changePlan({ catalog: both, plan: 'pro', at: FEBRUARY, now: JANUARY_15 });
    expect(movementsIn(discounted.when(change).facts)).toEqual([
      { at: FEBRUARY, begun: [base('50')], ceased: [base('20')] },
    ]);
    const cancel = cancelSubscription({ catalog: both, at: FEBRUARY, now: JANUARY_15 });
    expect(movementsIn(discounted.when(cancel).facts)).toEqual([{ at: FEBRUARY, begun: [], ceased: [base('20')] }]);
    const pause = pauseSubscription({ catalog: both, at: FEBRUARY, now: JANUARY_15 });
    expect(movementsIn(discounted.when(pause).facts)).toEqual([{ at: FEBRUARY, begun: [], ceased: [base('20')] }]);
  });
});
