import type { Fact } from '#contracts';
import {
  aCatalog,
  aCharge,
  activateSubscription,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  createSubscription,
  givenFor,
  like,
  sealed,
  SUBSCRIPTION,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { SubscriptionCommand } from './subscription.commands.js';
import { timelineIn, statusAt } from './subscription.js';

const given = givenFor(accountDecider);

type Create = Extract<SubscriptionCommand, { type: 'CreateSubscription' }>;
const NOW = at('2026-01-15T10:00:00Z');
const create = (parts: Partial<Create> = {}) => createSubscription({ now: NOW, ...parts });
const month = { unit: 'month', count: 1 } as const;

describe('a subscription', () => {
  it('begins now, and is active at once', () => {
    given(anAccount())
      .when(create())
      .then(
        {
          type: 'SubscriptionCreated',
          data: {
            subscriptionId: SUBSCRIPTION,
            plan: 'standard',
            planVersion: 1,
            contentHash: '0'.repeat(64),
            startAt: NOW,
            anchor: { align: 'subscription' },
            timeZone: 'UTC',
            activation: 'automatic',
            quantities: {},
          },
        },
        {
          type: 'SubscriptionActivated',
          data: {
            subscriptionId: SUBSCRIPTION,
            at: NOW,
            firstPeriod: {
              start: NOW,
              end: '2026-02-15T00:00:00Z',
              localStart: '2026-01-15',
              localEnd: '2026-02-15',
            },
            currency: 'USD',
            recurring: [{ charge: 'base', interval: month, amount: '30' }],
            schedule: { nextBillAt: NOW, timer: { key: `bill:${SUBSCRIPTION}`, dueAt: NOW, generation: 1 } },
          },
        },
      );
  });

  it('that is billed in arrears is due when its first period is over', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
    const dueAt = '2026-02-15T00:00:00Z';
    given(anAccount())
      .when(create({ catalog }))
      .then(
        like('SubscriptionCreated'),
        like('SubscriptionActivated', { recurring: [], schedule: { nextBillAt: dueAt, timer: { dueAt } } }),
      );
  });

  it('with nothing to bill is never due', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [] })] });
    given(anAccount())
      .when(create({ catalog }))
      .then(
        like('SubscriptionCreated'),
        like('SubscriptionActivated', { schedule: { nextBillAt: null, timer: null } }),
      );
  });

  it('takes the version of the plan that it names, or the latest', () => {
    const catalog = aCatalog({ plans: [aPlan(), aPlan({ version: 2, contentHash: '2'.repeat(64) })] });
    const created = (planVersion?: number) =>
      given(anAccount()).when(
        create({ catalog, activation: 'manual', ...(planVersion === undefined ? {} : { planVersion }) }),
      );
    created().then(like('SubscriptionCreated', { planVersion: 2, contentHash: '2'.repeat(64) }));
    created(1).then(like('SubscriptionCreated', { planVersion: 1 }));
  });

  it('recurs in the quantities that it names', () => {
    const charges = [
      aCharge({ key: 'seats', price: { model: 'per_unit', unitAmount: '9.5' } }),
      aCharge({ interval: { unit: 'year', count: 1 } }),
      aCharge({ key: 'setup', kind: 'one_time' }),
      aUsageCharge(),
    ];
    given(anAccount())
      .when(create({ catalog: aCatalog({ plans: [aPlan({ charges })] }), quantities: { seats: '7.5' } }))
      .then(
        like('SubscriptionCreated', { quantities: { seats: '7.5' } }),
        like('SubscriptionActivated', {
          recurring: [
            { charge: 'seats', interval: month, amount: '71.25' },
            { charge: 'base', interval: { unit: 'year', count: 1 }, amount: '30' },
          ],
        }),
      );
  });

  it('is created once: without an external id, it is the same request come again', () => {
    given(anAccount())
      .after(create())
      .when(create({ plan: 'other' }))
      .thenNothing();
  });

  it('is refused where another one of the account has its external id', () => {
    const named = create({ externalIdHash: 'a'.repeat(64), personal: sealed() });
    given(anAccount()).after(named).when(named).thenRefused('subscription_already_exists', '/externalId');
  });

  const archived = aCatalog();
  archived.plans.get('standard')!.archived = true;

  it.each<[string, Partial<Create>, string, string]>([
    ['a plan that is not there', { plan: 'gold' }, 'plan_not_found', '/plan'],
    ['a version that is not there', { planVersion: 2 }, 'plan_not_found', '/planVersion'],
    ['an archived plan', { catalog: archived }, 'plan_archived', '/plan'],
    [
      'a plan in another currency',
      { catalog: aCatalog({ plans: [aPlan({ currency: 'EUR' })] }) },
      'currency_mismatch',
      '/plan',
    ],
    ['a quantity of no charge', { quantities: { seats: '1' } }, 'charge_not_found', '/quantities/seats'],
    ['a quantity of an odd charge', { quantities: { 'a/b~c': '1' } }, 'charge_not_found', '/quantities/a~1b~0c'],
    ['a quantity below zero', { quantities: { base: '-1' } }, 'invalid_decimal', '/quantities/base'],
    ['a quantity that is none', { quantities: { base: '1e3' } }, 'invalid_decimal', '/quantities/base'],
  ])('is refused for %s', (_, parts, code, pointer) => {
    given(anAccount()).when(create(parts)).thenRefused(code, pointer);
  });

  it('is refused a quantity of usage', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
    given(anAccount())
      .when(create({ catalog, quantities: { calls: '1' } }))
      .thenRefused('charge_not_found', '/quantities/calls');
  });

  it('needs an account', () => {
    given().when(create()).thenRefused('account_not_found');
  });
});

describe('a subscription back-dated', () => {
  const startAt = at('2025-11-20T00:00:00Z');

  it('is due since it began, but not by a timer: that stands at the next period', () => {
    const dueAt = '2026-01-20T00:00:00Z';
    given(anAccount())
      .when(create({ startAt }))
      .then(
        like('SubscriptionCreated', { startAt }),
        like('SubscriptionActivated', { at: startAt, schedule: { nextBillAt: startAt, timer: { dueAt } } }),
      );
  });

  it('was active since then', () => {
    const subscription = given(anAccount()).after(create({ startAt })).state.subscriptions.get(SUBSCRIPTION)!;
    expect(statusAt(timelineIn(subscription), at('2025-11-19T23:59:59Z'))).toBe('pending');
    expect(statusAt(timelineIn(subscription), startAt)).toBe('active');
  });
});

describe('a subscription that begins later', () => {
  const startAt = at('2026-02-01T00:00:00Z');
  const timer = { key: `activate:${SUBSCRIPTION}`, dueAt: startAt, generation: 1 };

  it('is activated by a timer', () => {
    const planned = given(anAccount()).after(create({ startAt }));
    given(anAccount()).when(create({ startAt })).then(like('SubscriptionCreated', { startAt, timer }));
    planned
      .when(activateSubscription({ at: startAt, now: startAt }))
      .then(
        like('SubscriptionActivated', { at: startAt, firstPeriod: { start: startAt, end: '2026-03-01T00:00:00Z' } }),
      );
  });

  it('owes nothing before', () => {
    const { state } = given(anAccount()).after(create({ startAt }));
    expect(state.subscriptions.get(SUBSCRIPTION)).toMatchObject({ segments: [], schedule: { nextBillAt: null } });
  });
});

describe('a subscription whose timer fires late', () => {
  const startAt = at('2026-03-01T00:00:00Z');
  const waiting = given(anAccount()).after(create({ startAt }));
  const now = at('2026-03-02T08:00:00Z');

  it('is billed for its beginning by the agenda', () => {
    waiting
      .when(activateSubscription({ at: startAt, now }))
      .then(like('SubscriptionActivated', { schedule: { timer: { dueAt: startAt } } }));
  });

  it('is not, where somebody activates it for an earlier day', () => {
    waiting
      .when(activateSubscription({ at: at('2026-02-01T00:00:00Z'), now }))
      .then(like('SubscriptionActivated', { schedule: { timer: { dueAt: '2026-04-01T00:00:00Z' } } }));
  });
});

describe('a subscription that waits to be activated', () => {
  const waiting = given(anAccount()).after(create({ activation: 'manual' }));

  it('has no timer', () => {
    const { facts } = given(anAccount()).when(create({ activation: 'manual', startAt: at('2026-02-01T00:00:00Z') }));
    expect(facts).toHaveLength(1);
    expect(facts[0]!.data).not.toHaveProperty('timer');
  });

  it('begins when somebody does it, but not before its start', () => {
    const now = at('2026-03-03T03:03:03Z');
    waiting
      .when(activateSubscription({ now }))
      .then(like('SubscriptionActivated', { at: now, firstPeriod: { start: now } }));
    given(anAccount())
      .after(create({ activation: 'manual', startAt: at('2026-05-01T00:00:00Z') }))
      .when(activateSubscription({ now }))
      .then(like('SubscriptionActivated', { at: '2026-05-01T00:00:00Z' }));
  });

  it('is activated once', () => {
    waiting
      .after(activateSubscription({ now: NOW }))
      .when(activateSubscription({ now: at('2026-04-01T00:00:00Z') }))
      .thenNothing();
    given(anAccount()).when(activateSubscription()).thenRefused('subscription_not_found');
  });
});

describe('the anchor of a subscription', () => {
  const periodOf = (parts: Partial<Create>, timeZone = 'UTC') =>
    given(anAccount({ timeZone })).after(create(parts)).state.subscriptions.get(SUBSCRIPTION)!;
  const firstPeriod = (parts: Partial<Create>, timeZone = 'UTC') => {
    const { facts } = given(anAccount({ timeZone })).when(create(parts));
    const activated = facts.find(({ type }) => type === 'SubscriptionActivated')!;
    return activated.type === 'SubscriptionActivated' ? activated.data.firstPeriod : null;
  };

  it.each<[Create['anchor'], string, string]>([
    [{ align: 'subscription' }, '2026-01-15', '2026-02-15'],
    [{ align: 'subscription', day: 15 }, '2026-01-15', '2026-02-15'],
    [{ align: 'subscription', day: 20 }, '2026-01-15', '2026-01-20'],
    [{ align: 'subscription', day: 1 }, '2026-01-15', '2026-02-01'],
    [{ align: 'calendar' }, '2026-01-15', '2026-02-01'],
  ])('%j gives a first period from %s to %s', (anchor, localStart, localEnd) => {
    expect(firstPeriod({ anchor })).toMatchObject({ localStart, localEnd });
  });

  it('counts the days of the account’s zone', () => {
    const startAt = at('2026-03-07T23:30:00Z');
    expect(firstPeriod({ startAt, now: startAt }, 'Europe/Berlin')).toEqual({
      start: startAt,
      end: '2026-04-07T22:00:00Z',
      localStart: '2026-03-08',
      localEnd: '2026-04-08',
    });
  });

  it('may be that of the account’s first subscription', () => {
    const second = (first: Create['anchor'], startAt = NOW) =>
      given(anAccount())
        .after(
          create({ anchor: first, startAt }),
          create({ subscriptionId: anId('sub', 2), anchor: { align: 'account' } }),
        )
        .state.subscriptions.get(anId('sub', 2))!.anchor;
    expect(second({ align: 'subscription' })).toEqual({ align: 'subscription', day: 15 });
    expect(second({ align: 'subscription' }, at('2025-12-31T00:00:00Z'))).toEqual({ align: 'subscription', day: 31 });
    expect(second({ align: 'subscription', day: 7 })).toEqual({ align: 'subscription', day: 7 });
    expect(second({ align: 'calendar' })).toEqual({ align: 'calendar' });
    expect(periodOf({ anchor: { align: 'account' } }).anchor).toEqual({ align: 'subscription' });
    expect(periodOf({ anchor: { align: 'account', day: 3 } }).anchor).toEqual({ align: 'subscription', day: 3 });
  });
});

describe('subscriptions of one account', () => {
  it('are at most five thousand live ones', () => {
    const [created] = given(anAccount()).when(createSubscription({ activation: 'manual' })).facts;
    const live = Array.from({ length: 5_000 }, (_, index) => ({
      ...(created as Fact<'SubscriptionCreated'>),
      data: { ...(created as Fact<'SubscriptionCreated'>).data, subscriptionId: anId('sub', index + 2) },
    }));
    given(anAccount(), live.slice(1))
      .when(createSubscription({ activation: 'manual' }))
      .then(like('SubscriptionCreated'));
    given(anAccount(), live).when(createSubscription()).thenRefused('too_many_subscriptions');
  });
});
