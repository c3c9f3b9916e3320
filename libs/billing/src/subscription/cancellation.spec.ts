import {
  aCatalog,
  aCharge,
  activateSubscription,
  anAccount,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  changePlan,
  createSubscription,
  endSubscription,
  givenFor,
  like,
  readings,
  SUBSCRIPTION,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { timelineIn, statusAt } from './subscription.js';

const given = givenFor(accountDecider);

const NOW = at('2026-01-20T12:00:00Z');
const PERIOD_END = at('2026-02-01T00:00:00Z');
const month = { unit: 'month', count: 1 } as const;
const cancel = (parts: Parameters<typeof cancelSubscription>[0] = {}) => cancelSubscription({ now: NOW, ...parts });
const end = (instant: string) =>
  ({ type: 'SubscriptionEnded', data: { subscriptionId: SUBSCRIPTION, at: instant } }) as const;

const active = given(anAccount()).after(createSubscription());
const billed = active.after(billAccount());

describe('an active subscription', () => {
  it('is canceled now: it ends at once', () => {
    active.when(cancel({ reason: 'Too dear' })).then(
      {
        type: 'SubscriptionCanceled',
        data: {
          subscriptionId: SUBSCRIPTION,
          changeId: 'change-1',
          endsAt: NOW,
          credit: 'prorated',
          reason: 'Too dear',
          currency: 'USD',
          recurring: [{ charge: 'base', interval: month, amount: '30' }],
          schedule: {
            nextBillAt: '2026-01-01T00:00:00Z',
            timer: { key: `bill:${SUBSCRIPTION}`, dueAt: NOW, generation: 2 },
          },
        },
      },
      end(NOW),
    );
  });

  it.each([
    ['2026-01-20T12:00:00Z', '2026-02-01T00:00:00Z'],
    ['2026-01-31T23:59:59Z', '2026-02-01T00:00:00Z'],
    ['2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
    ['2026-05-15T00:00:00Z', '2026-06-01T00:00:00Z'],
  ])('that is canceled at %s to the end of its period ends at %s', (now, endsAt) => {
    active.when(cancel({ at: 'period_end', now: at(now) })).then(
      like('SubscriptionCanceled', {
        endsAt,
        timer: { key: `end:${SUBSCRIPTION}`, dueAt: endsAt, generation: 1 },
      }),
    );
  });

  it('is canceled to an instant ahead, and ends by its timer', () => {
    const endsAt = at('2026-04-10T00:00:00Z');
    const canceled = active.after(cancel({ at: endsAt }));
    active.when(cancel({ at: endsAt })).then(like('SubscriptionCanceled', { endsAt }));
    canceled.when(endSubscription()).then(end(endsAt));
    canceled.after(endSubscription()).when(endSubscription()).thenNothing();
  });

  it('is canceled back to an instant that has passed', () => {
    const endsAt = at('2026-01-10T00:00:00Z');
    active.when(cancel({ at: endsAt })).then(like('SubscriptionCanceled', { endsAt }), end(endsAt));
  });

  it('is canceled back to its very start, and serves nothing', () => {
    const { state } = active.when(cancel({ at: at('2026-01-01T00:00:00Z') }));
    expect(state.subscriptions.get(SUBSCRIPTION)).toMatchObject({
      activatedAt: '2026-01-01T00:00:00Z',
      segments: [],
      ended: true,
      schedule: { nextBillAt: null },
    });
  });

  it('is not canceled to before its start', () => {
    active.when(cancel({ at: at('2025-12-31T23:59:59Z') })).thenRefused('end_before_start', '/at');
  });

  it('is canceled once: repeating the change does nothing, an end that is no earlier is refused', () => {
    const canceled = active.after(cancel({ at: 'period_end' }));
    canceled.when(cancel()).thenNothing();
    canceled.when(cancel({ changeId: 'change-2', at: 'period_end' })).thenRefused('subscription_already_canceled');
    canceled
      .when(cancel({ changeId: 'change-2', at: at('2026-02-01T00:00:01Z') }))
      .thenRefused('subscription_already_canceled');
  });

  it('ends earlier than was planned, where somebody wants that', () => {
    const planned = active.after(cancel({ at: 'period_end' }));
    const at20 = at('2026-01-20T12:00:00Z');
    const sooner = planned.when(cancel({ changeId: 'change-2', at: 'now' }));
    sooner.then(
      like('SubscriptionCanceled', {
        endsAt: at20,
        replaces: 'change-1',
        movements: [
          { at: at20, begun: [], ceased: [{ charge: 'base' }] },
          { at: '2026-02-01T00:00:00Z', begun: [{ charge: 'base' }], ceased: [] },
        ],
      }),
      like('SubscriptionEnded', { at: at20 }),
    );
    expect(sooner.state.subscriptions.get(SUBSCRIPTION)).toMatchObject({
      cancellation: { endsAt: at20 },
      segments: [{ to: at20 }],
    });
    // Its end was announced before: it is not announced again.
    planned
      .after(endSubscription())
      .when(cancel({ changeId: 'change-2', at: at('2026-01-01T00:00:00Z') }))
      .then(like('SubscriptionCanceled', { endsAt: '2026-01-01T00:00:00Z', timeline: [] }));
  });

  it('that ended as it began has no period to end with', () => {
    const nothing = active.after(cancel({ at: at('2026-01-01T00:00:00Z') }));
    nothing.when(cancel({ changeId: 'change-2', at: 'period_end' })).thenRefused('subscription_already_canceled');
    nothing.when(changePlan({ changeId: 'change-2', at: 'period_end' })).thenRefused('subscription_canceled');
  });

  it('has not ended before somebody canceled it', () => {
    active.when(endSubscription()).thenNothing();
    given(anAccount()).when(cancel()).thenRefused('subscription_not_found');
  });

  it('is canceled until it has ended', () => {
    const subscription = active.after(cancel({ at: 'period_end' })).state.subscriptions.get(SUBSCRIPTION)!;
    expect(statusAt(timelineIn(subscription), at('2026-01-31T23:59:59.999999Z'))).toBe('canceled');
    expect(statusAt(timelineIn(subscription), PERIOD_END)).toBe('ended');
  });
});

describe('what is due after a cancellation', () => {
  const schedule = (parts: Parameters<typeof cancel>[0], from = billed) =>
    from.after(cancel(parts)).state.subscriptions.get(SUBSCRIPTION)!.schedule;

  it('is the credit, at the end, if the rest is given back', () => {
    expect(schedule({})).toMatchObject({ nextBillAt: NOW, timer: { dueAt: NOW } });
    const ahead = at('2026-01-25T00:00:00Z');
    expect(schedule({ at: ahead })).toMatchObject({ nextBillAt: ahead, timer: { dueAt: ahead } });
  });

  it('is a credit back to when it ended, by a timer of now', () => {
    const endsAt = at('2026-01-10T00:00:00Z');
    expect(schedule({ at: endsAt })).toMatchObject({ nextBillAt: endsAt, timer: { dueAt: NOW } });
  });

  it('is nothing if nothing is given back', () => {
    expect(schedule({ credit: 'none' })).toEqual({ nextBillAt: null, timer: null });
    expect(schedule({ at: 'period_end' })).toEqual({ nextBillAt: null, timer: null });
  });

  it('is what was billed beyond the end in arrears, although nothing is given back', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge({ timing: 'in_arrears' })] })] });
    const arrears = given(anAccount()).after(
      createSubscription({ catalog }),
      billAccount({ catalog, billThrough: PERIOD_END }),
    );
    const endsAt = at('2026-01-10T00:00:00Z');
    expect(schedule({ catalog, at: endsAt, now: PERIOD_END, credit: 'none' }, arrears)).toMatchObject({
      nextBillAt: endsAt,
      timer: { dueAt: PERIOD_END },
    });
  });

  it('is what a void made due again', () => {
    const reopened = billed.after(voidInvoice());
    expect(schedule({ at: 'period_end' }, reopened)).toMatchObject({
      nextBillAt: '2026-01-01T00:00:00Z',
      timer: { dueAt: NOW },
    });
  });

  it('is the next period where the end lies beyond it', () => {
    expect(schedule({ at: at('2026-03-15T00:00:00Z') })).toMatchObject({ nextBillAt: PERIOD_END });
  });

  it('is the usage up to the end', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
    const metered = given(anAccount()).after(createSubscription({ catalog }));
    expect(schedule({ catalog }, metered)).toMatchObject({ nextBillAt: NOW, timer: { dueAt: NOW } });
  });

  it('is announced by a later generation of the timer than before', () => {
    expect(schedule({}).timer!.generation).toBe(billed.state.subscriptions.get(SUBSCRIPTION)!.generation + 1);
  });
});

describe('a subscription that is canceled before it begins', () => {
  const startAt = at('2026-03-01T00:00:00Z');
  const pending = given(anAccount()).after(createSubscription({ startAt }));

  it('is not activated any more', () => {
    pending
      .after(cancel())
      .when(activateSubscription({ at: startAt, now: startAt }))
      .thenRefused('subscription_canceled');
  });

  it('owes nothing', () => {
    pending
      .when(cancel())
      .then(like('SubscriptionCanceled', { endsAt: NOW, recurring: [], schedule: { nextBillAt: null } }), end(NOW));
  });

  it('to the end of its period ends as it begins', () => {
    pending.when(cancel({ at: 'period_end' })).then(like('SubscriptionCanceled', { endsAt: startAt }));
  });

  it('to an instant beyond its start is active until then', () => {
    const endsAt = at('2026-03-11T00:00:00Z');
    const { state } = pending.after(cancel({ at: endsAt }), activateSubscription({ at: startAt, now: startAt }));
    expect(state.subscriptions.get(SUBSCRIPTION)!.segments).toEqual([
      {
        from: startAt,
        to: endsAt,
        status: 'active',
        plan: 'standard',
        planVersion: 1,
        quantities: {},
        overrides: {},
        cycleFrom: startAt,
        entered: 'prorated',
      },
    ]);
  });
});

describe('an end that lies in time that is billed', () => {
  const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
  const readingsAfter = readings(10, { at: at('2026-01-25T00:00:00Z') });
  const ended = given(anAccount()).after(
    createSubscription({ catalog }),
    billAccount({ catalog, known: readingsAfter, billThrough: PERIOD_END }),
    cancel({ catalog, at: at('2026-01-20T00:00:00Z'), credit: 'none', now: PERIOD_END }),
  );

  it('gives usage after it back without credit, too: there is something to bill', () => {
    expect(ended.state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({
      nextBillAt: '2026-01-20T00:00:00Z',
      timer: { dueAt: PERIOD_END },
    });
  });
});
