import type { Overrides } from '#contracts';
import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  createSubscription,
  givenFor,
  like,
  linesIn,
  readings,
  SUBSCRIPTION,
  voidInvoice,
} from '#testing';
import type { PriceOverride } from '#rating';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const catalog = aCatalog({
  plans: [
    aPlan({
      charges: [
        aCharge(),
        aUsageCharge({
          price: {
            model: 'graduated',
            tiers: [
              { upTo: '100', unitAmount: '0.1' },
              { upTo: null, unitAmount: '0.05', flatAmount: '1' },
            ],
            maximum: '50',
          },
        }),
      ],
    }),
  ],
});
const FEBRUARY = at('2026-02-01T00:00:00Z');
const subscribe = (overrides: Overrides) => createSubscription({ catalog, overrides });

/** A month of 300 calls: 100 × 0.10 + 200 × 0.05 + 1 by the plan. */
const billedCalls = (override: PriceOverride) => {
  const { facts } = given(anAccount())
    .after(subscribe({ calls: override }))
    .when(billAccount({ catalog, billThrough: FEBRUARY, known: readings(300) }));
  return linesIn(facts).find(({ charge }) => charge === 'calls')!;
};

describe('prices that were agreed apart from the plan', () => {
  it('are part of the subscription', () => {
    const overrides = { base: { discountBasisPoints: 1_000 } };
    given(anAccount())
      .when(subscribe(overrides))
      .then(
        like('SubscriptionCreated', { overrides }),
        like('SubscriptionActivated', { recurring: [{ charge: 'base', amount: '27' }] }),
      );
    const { state } = given(anAccount()).when(subscribe(overrides));
    expect(state.subscriptions.get(SUBSCRIPTION)!.segments).toMatchObject([{ overrides }]);
  });

  it.each<[string, PriceOverride, bigint]>([
    ['nothing', {}, 21_00n],
    ['another price', { price: { model: 'per_unit', unitAmount: '0.01' } }, 3_00n],
    ['another tier', { tiers: [{ tier: 2, unitAmount: '0.04' }] }, 19_00n],
    [
      'a tier of another price',
      {
        price: { model: 'volume', tiers: [{ upTo: null, unitAmount: '9' }] },
        tiers: [{ tier: 1, unitAmount: '0.02' }],
      },
      6_00n,
    ],
    ['a lower maximum', { maximum: '20' }, 20_00n],
    ['a higher minimum', { minimum: '30' }, 30_00n],
    ['a discount', { discountBasisPoints: 1_250 }, 18_38n],
    ['a discount before a limit', { discountBasisPoints: 5_000, minimum: '15' }, 15_00n],
    ['all of it taken off', { discountBasisPoints: 10_000 }, 0n],
    ['another rounding of a discount', { discountBasisPoints: 1_250, rounding: 'half_even' }, 18_38n],
  ])('bill %s', (_, override, minor) => {
    expect(billedCalls(override)).toMatchObject({ amount: { minor }, override });
  });

  it('explain themselves on the line: the override, and each step down to what was taken off', () => {
    expect(billedCalls({ tiers: [{ tier: 2, unitAmount: '0.04' }], discountBasisPoints: 1_000 })).toMatchObject({
      override: { tiers: [{ tier: 2, unitAmount: '0.04' }], discountBasisPoints: 1_000 },
      steps: [
        { tier: 1, quantity: '100', unitAmount: '0.1', amount: '10' },
        { tier: 2, quantity: '200', unitAmount: '0.04', flat: '1', amount: '9' },
        { discount: 1_000, amount: '-1.9' },
      ],
      exactCumulative: '17.1',
    });
  });

  it('leave other charges at the price of the plan', () => {
    const { facts } = given(anAccount())
      .after(subscribe({ calls: { discountBasisPoints: 1_000 } }))
      .when(billAccount({ catalog }));
    expect(linesIn(facts)).toMatchObject([{ charge: 'base', amount: { minor: 30_00n } }]);
    expect(linesIn(facts)[0]).not.toHaveProperty('override');
  });

  it('hold for late usage and for what is billed again', () => {
    const billed = given(anAccount()).after(
      subscribe({ base: { discountBasisPoints: 1_000 }, calls: { price: { model: 'per_unit', unitAmount: '0.01' } } }),
      billAccount({ catalog, billThrough: FEBRUARY, known: readings(300) }),
    );
    const late = [...readings(300), ...readings(100, { revision: 1 })];
    expect(
      linesIn(
        billed.when(billAccount({ catalog, billThrough: FEBRUARY, known: late, invoiceId: anId('inv', 2) })).facts,
      ),
    ).toMatchObject([{ kind: 'late_usage', amount: { minor: 1_00n } }]);
    const again = billed
      .after(voidInvoice({ catalog }))
      .when(billAccount({ catalog, billThrough: FEBRUARY, known: readings(300), invoiceId: anId('inv', 2) }));
    expect(linesIn(again.facts).map(({ charge, amount }) => [charge, amount.minor])).toEqual([
      ['base', 27_00n],
      ['base', 27_00n],
      ['calls', 3_00n],
    ]);
  });

  it.each<[Overrides, string, string]>([
    [{ seats: {} }, 'charge_not_found', '/overrides/seats'],
    [{ 'a/b': {} }, 'charge_not_found', '/overrides/a~1b'],
    [{ calls: { tiers: [{ tier: 2 }, { tier: 3 }] } }, 'tier_not_found', '/overrides/calls/tiers/1/tier'],
    [{ base: { tiers: [{ tier: 1 }] } }, 'tier_not_found', '/overrides/base/tiers/0/tier'],
    [{ calls: { tiers: [{ tier: 2, unitAmount: '-1' }] } }, 'negative', '/overrides/calls/tiers/0/unitAmount'],
    [{ calls: { price: { model: 'volume', tiers: [] } } }, 'invalid_tiers', '/overrides/calls/price/tiers'],
    [{ calls: { minimum: 'x' } }, 'invalid_decimal', '/overrides/calls/minimum'],
    [{ calls: { minimum: '60' } }, 'maximum_below_minimum', '/overrides/calls/minimum'],
    [{ calls: { minimum: '60', maximum: '20' } }, 'maximum_below_minimum', '/overrides/calls/maximum'],
    [
      { base: { price: { model: 'matrix', dimensions: ['m'], cells: [{ match: {}, unitAmount: '1' }] } } },
      'usage_price',
      '/overrides/base/price/model',
    ],
    [{ base: { discountBasisPoints: 10_001 } }, 'invalid_basis_points', '/overrides/base/discountBasisPoints'],
    [{ base: { discountBasisPoints: 0.5 } }, 'invalid_basis_points', '/overrides/base/discountBasisPoints'],
  ])('are refused for %j', (overrides, code, pointer) => {
    given(anAccount()).when(subscribe(overrides)).thenRefused(code, pointer);
  });
});
