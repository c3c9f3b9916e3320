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
  changePlan,
  createSubscription,
  givenFor,
  GRACE,
  finalizeInvoice,
  like,
  linesIn,
  readings,
  SUBSCRIPTION,
  voidInvoice,
  withdrawChange,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { statusAt, timelineIn } from './subscription.js';

const given = givenFor(accountDecider);

const seats = aCharge({ key: 'seats', name: 'Seats', price: { model: 'per_unit', unitAmount: '10' } });
const catalog = aCatalog({
  plans: [
    aPlan({ charges: [aCharge(), seats, aUsageCharge()] }),
    aPlan({ version: 2, charges: [aCharge({ price: { model: 'flat', amount: '36' } }), seats, aUsageCharge()] }),
    aPlan({ key: 'pro', charges: [aCharge({ price: { model: 'flat', amount: '90' } }), seats, aUsageCharge()] }),
    aPlan({
      key: 'yearly',
      interval: { unit: 'year', count: 1 },
      charges: [aCharge({ price: { model: 'flat', amount: '300' } })],
    }),
    aPlan({ key: 'whole', charges: [aCharge({ proration: 'none' })] }),
    aPlan({
      key: 'whole',
      version: 2,
      charges: [aCharge({ price: { model: 'flat', amount: '60' }, proration: 'none' })],
    }),
    aPlan({ key: 'arrears', charges: [aCharge({ timing: 'in_arrears' })] }),
    aPlan({ key: 'euro', currency: 'EUR' }),
  ],
});
const MIDDLE = at('2026-01-17T00:00:00Z');
const FEBRUARY = at('2026-02-01T00:00:00Z');
const MARCH = at('2026-03-01T00:00:00Z');

type Parts = NonNullable<Parameters<typeof changePlan>[0]>;
const change = (parts: Parts = {}) => changePlan({ catalog, plan: 'pro', now: MIDDLE, ...parts });
const subscribe = (parts: Parameters<typeof createSubscription>[0] = {}) =>
  createSubscription({ catalog, planVersion: 1, quantities: { seats: '5' }, ...parts });
let invoices = 1;
const bill = (parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, invoiceId: anId('inv', ++invoices), ...parts });

const begun = given(anAccount()).after(subscribe());
const billed = begun.after(bill());

/** Charge, kind, first and last day, quantity and minor units of what the next billing makes. */
const nextLines = (from: AccountGiven, billThrough: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill({ billThrough: at(billThrough), ...parts })).facts).map(
    ({ charge, kind, service, quantity, amount }) =>
      `${charge} ${kind} ${service.localStart} ${service.localEnd} ${quantity} ${amount.minor}`,
  );

describe('another plan in the middle of a period', () => {
  it('gives back the unused part of what was paid, and charges the rest at the new price', () => {
    // 16 of 31 days at 30 were used; 15 of 31 at 90 are to come. Seats and calls cost the same: they are not touched.
    expect(nextLines(billed.after(change()), MIDDLE)).toEqual([
      'base recurring 2026-01-17 2026-02-01 1 4355',
      'base correction 2026-01-01 2026-01-17 0 -1452',
    ]);
  });

  it('is due at once, and is billed once', () => {
    const changed = billed.after(change());
    expect(changed.state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({
      nextBillAt: MIDDLE,
      timer: { dueAt: MIDDLE },
    });
    const settled = changed.after(bill({ billThrough: MIDDLE }));
    expect(settled.state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({
      nextBillAt: FEBRUARY,
      timer: { dueAt: FEBRUARY },
    });
    settled.when(bill({ billThrough: MIDDLE })).thenNothing();
    expect(nextLines(settled, FEBRUARY)).toEqual([
      'base recurring 2026-02-01 2026-03-01 1 9000',
      'seats recurring 2026-02-01 2026-03-01 5 5000',
      'calls usage 2026-01-01 2026-02-01 0 0',
    ]);
  });

  it('bills in parts what had not been billed yet', () => {
    expect(nextLines(begun.after(change()), MIDDLE)).toEqual([
      'base recurring 2026-01-01 2026-01-17 1 1548',
      'base recurring 2026-01-17 2026-02-01 1 4355',
      'seats recurring 2026-01-01 2026-02-01 5 5000',
    ]);
  });

  it('rates usage that costs the same on either side as one', () => {
    const known = [...readings(10, { at: at('2026-01-16T23:59:59Z') }), ...readings(3, { revision: 1, at: MIDDLE })];
    const lines = nextLines(billed.after(change(), bill({ billThrough: MIDDLE })), FEBRUARY, { known });
    expect(lines.filter((line) => line.startsWith('calls'))).toEqual(['calls usage 2026-01-01 2026-02-01 13 130']);
  });

  it('says which terms hold when, and what is told of it', () => {
    const { state, facts } = billed.when(change());
    expect(facts).toMatchObject([
      {
        type: 'SubscriptionPlanChanged',
        data: {
          changeId: 'change-1',
          effectiveFrom: MIDDLE,
          from: { plan: 'standard', planVersion: 1, quantities: { seats: '5' } },
          to: { plan: 'pro', planVersion: 1, quantities: { seats: '5' } },
          newCycle: false,
          proration: 'prorated',
          movements: [
            { at: MIDDLE, begun: [{ charge: 'base', amount: '90' }], ceased: [{ charge: 'base', amount: '30' }] },
          ],
        },
      },
    ]);
    const { segments } = timelineIn(state.subscriptions.get(SUBSCRIPTION)!);
    expect(segments.map(({ from, to, plan }) => [from, to, plan])).toEqual([
      ['2026-01-01T00:00:00Z', MIDDLE, 'standard'],
      [MIDDLE, null, 'pro'],
    ]);
  });

  it('in the past corrects every period since', () => {
    const months = begun.after(bill({ billThrough: FEBRUARY }));
    expect(
      nextLines(months.after(change({ at: MIDDLE, now: at('2026-02-10T00:00:00Z') })), at('2026-02-10T00:00:00Z')),
    ).toEqual([
      'base recurring 2026-01-17 2026-02-01 1 4355',
      'base correction 2026-01-01 2026-01-17 0 -1452',
      'base correction 2026-02-01 2026-03-01 0 6000',
    ]);
  });

  it('back to the very beginning replaces what was billed', () => {
    expect(nextLines(billed.after(change({ at: at('2026-01-01T00:00:00Z') })), MIDDLE)).toEqual([
      'base correction 2026-01-01 2026-02-01 0 6000',
    ]);
  });

  it('waits for a draft that was rated before it', () => {
    const drafted = begun.after(bill({ policy: GRACE }));
    const [id] = drafted.state.invoices.keys();
    const finalized = drafted.after(change(), finalizeInvoice({ catalog, invoiceId: id!, now: MIDDLE }));
    expect(finalized.state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt).toBe(MIDDLE);
    expect(nextLines(finalized, MIDDLE)).toHaveLength(2);
  });

  it('holds for what is billed again after a void', () => {
    const settled = billed.after(change(), bill({ billThrough: MIDDLE }));
    const voided = [...settled.state.invoices.keys()].reduce(
      (state, invoiceId) => state.after(voidInvoice({ catalog, invoiceId })),
      settled,
    );
    expect(nextLines(voided, MIDDLE).sort()).toEqual(nextLines(begun.after(change()), MIDDLE).sort());
  });
});

describe('another plan at the end of the period', () => {
  const planned = billed.after(change({ at: 'period_end' }));

  it('changes nothing before', () => {
    expect(nextLines(planned, '2026-01-31T23:59:59Z')).toEqual([]);
    expect(planned.state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({ nextBillAt: FEBRUARY });
  });

  it('gives nothing back, and charges the new price from then on', () => {
    expect(nextLines(planned, FEBRUARY)).toEqual([
      'base recurring 2026-02-01 2026-03-01 1 9000',
      'seats recurring 2026-02-01 2026-03-01 5 5000',
      'calls usage 2026-01-01 2026-02-01 0 0',
    ]);
  });

  it('is withdrawn until it counts', () => {
    const withdraw = withdrawChange({ catalog, now: MIDDLE });
    const withdrawn = planned.after(withdraw);
    planned.when(withdraw).then(
      like('ScheduledChangeWithdrawn', {
        changeId: 'change-1',
        change: 'plan',
        movements: [{ at: FEBRUARY, begun: [{ amount: '30' }], ceased: [{ amount: '90' }] }],
        timeline: [{ plan: 'standard', to: null }],
      }),
    );
    expect(nextLines(withdrawn, FEBRUARY)).toEqual(nextLines(billed, FEBRUARY));
    withdrawn.when(withdraw).thenNothing();
    withdrawn.when(change({ at: 'period_end' })).thenNothing();
    planned.when(withdrawChange({ catalog, now: FEBRUARY })).thenRefused('change_already_effective');
    planned.when(withdrawChange({ catalog, changeId: 'none' })).thenRefused('change_not_found');
  });

  it('is given back in whole where it was billed ahead and withdrawn', () => {
    const ahead = planned.after(bill({ billThrough: FEBRUARY }), withdrawChange({ catalog, now: MIDDLE }));
    expect(nextLines(ahead, FEBRUARY)).toEqual(['base correction 2026-02-01 2026-03-01 0 -6000']);
  });
});

describe('other units in the middle of a period', () => {
  const more = (parts: Parts = {}) => {
    const { plan: _, ...rest } = change({ quantities: { seats: '8' }, ...parts });
    return rest as ReturnType<typeof changePlan>;
  };

  it('are charged for the rest, and leave every other charge alone', () => {
    expect(nextLines(billed.after(more()), MIDDLE)).toEqual([
      'seats recurring 2026-01-17 2026-02-01 8 3871',
      'seats correction 2026-01-01 2026-01-17 0 -2419',
    ]);
    billed.when(more()).then(
      like('SubscriptionQuantityChanged', {
        from: { quantities: { seats: '5' } },
        to: { quantities: { seats: '8' } },
        movements: [{ at: MIDDLE, begun: [{ amount: '80' }], ceased: [{ amount: '50' }] }],
      }),
    );
  });

  it('count with the next period where nothing is prorated', () => {
    const later = billed.after(more({ proration: 'none' }));
    expect(nextLines(later, MIDDLE)).toEqual([]);
    expect(nextLines(later, FEBRUARY)).toEqual([
      'base recurring 2026-02-01 2026-03-01 1 3000',
      'seats recurring 2026-02-01 2026-03-01 8 8000',
      'calls usage 2026-01-01 2026-02-01 0 0',
    ]);
    const once = later.after(bill({ billThrough: FEBRUARY }));
    once.when(bill({ billThrough: FEBRUARY })).thenNothing();
    expect(once.state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt).toBe(MARCH);
  });

  it('twice without proration in one period are those of the last time', () => {
    const twice = billed.after(
      more({ proration: 'none' }),
      more({ changeId: 'change-2', quantities: { seats: '2' }, proration: 'none', at: at('2026-01-20T00:00:00Z') }),
    );
    expect(nextLines(twice, FEBRUARY)).toContain('seats recurring 2026-02-01 2026-03-01 2 2000');
    expect(nextLines(twice, at('2026-01-25T00:00:00Z'))).toEqual([]);
  });

  it('that are the same are none', () => {
    billed.when(more({ quantities: { seats: '5' } })).thenRefused('nothing_changes');
    billed.when(more({ quantities: {} })).thenRefused('nothing_changes');
  });
});

describe('what is not prorated by its plan', () => {
  it('changes with its next period, and is not paid twice', () => {
    const whole = given(anAccount()).after(subscribe({ plan: 'whole', quantities: {} }), bill());
    const changed = whole.after(change({ plan: 'whole' }));
    expect(nextLines(changed, MIDDLE)).toEqual([]);
    expect(nextLines(changed, FEBRUARY)).toEqual(['base recurring 2026-02-01 2026-03-01 1 6000']);
  });
});

describe('what is billed in arrears', () => {
  it('is billed in parts, each at its price', () => {
    const arrears = given(anAccount()).after(subscribe({ plan: 'arrears', quantities: {} }));
    const back = arrears.after(change());
    expect(nextLines(back, FEBRUARY)).toEqual([
      'base recurring 2026-01-01 2026-01-17 1 1548',
      'base recurring 2026-01-17 2026-02-01 1 4355',
      'base recurring 2026-02-01 2026-03-01 1 9000',
      'seats recurring 2026-01-17 2026-02-01 1 484',
      'seats recurring 2026-02-01 2026-03-01 1 1000',
      'calls usage 2026-01-17 2026-02-01 0 0',
    ]);
  });
});

describe('another interval', () => {
  it('begins a cycle of its own: the new price is charged whole, the old one given back', () => {
    const yearly = billed.after(change({ plan: 'yearly' }));
    expect(nextLines(yearly, MIDDLE)).toEqual([
      'base recurring 2026-01-17 2027-01-17 1 30000',
      'calls usage 2026-01-01 2026-01-17 0 0',
      'base correction 2026-01-01 2026-01-17 0 -1452',
      'seats correction 2026-01-01 2026-01-17 0 -2419',
    ]);
    expect(yearly.after(bill({ billThrough: MIDDLE })).state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt).toBe(
      '2027-01-17T00:00:00Z',
    );
  });

  it('has to be prorated in the middle of a period', () => {
    billed.when(change({ plan: 'yearly', proration: 'none' })).thenRefused('proration_required', '/proration');
    billed
      .when(change({ plan: 'yearly', proration: 'none', at: 'period_end' }))
      .then(like('SubscriptionPlanChanged', { newCycle: true, effectiveFrom: FEBRUARY }));
  });
});

describe('a change of plan', () => {
  it('takes the latest version of a plan that is named, and keeps that of one that is not', () => {
    billed.when(change({ plan: 'standard' })).then(like('SubscriptionPlanChanged', { to: { planVersion: 2 } }));
    const { plan: _, ...unnamed } = change({ planVersion: 2 });
    billed.when(unnamed).then(like('SubscriptionPlanChanged', { to: { plan: 'standard', planVersion: 2 } }));
  });

  it('keeps what was agreed of prices as long as the plan is the same', () => {
    const overrides = { base: { discountBasisPoints: 5_000 } };
    const agreed = given(anAccount()).after(subscribe({ overrides }), bill());
    agreed.when(change({ plan: 'standard' })).then(like('SubscriptionPlanChanged', { to: { overrides } }));
    const { facts } = agreed.when(change());
    expect(facts[0]!.data).toMatchObject({ to: { overrides: {} } });
  });

  it.each<[Parts, string, string[]]>([
    [{ plan: 'unknown' }, 'plan_not_found', ['/plan']],
    [{ planVersion: 9 }, 'plan_not_found', ['/planVersion']],
    [{ plan: 'euro' }, 'currency_mismatch', ['/plan']],
    [{ quantities: { calls: '1' } }, 'charge_not_found', ['/quantities/calls']],
    [{ quantities: { seats: '-1' } }, 'invalid_decimal', ['/quantities/seats']],
    [{ at: at('2025-12-31T00:00:00Z') }, 'change_before_start', ['/at']],
  ])('%j is refused', (parts, code, pointers) => {
    billed.when(change(parts)).thenRefused(code, ...pointers);
  });

  it('needs a timeline', () => {
    given(anAccount())
      .after(subscribe({ activation: 'manual' }))
      .when(change())
      .thenRefused('subscription_not_active');
    billed
      .after(cancelSubscription({ catalog, changeId: 'end', at: 'period_end', now: MIDDLE }))
      .when(change({ at: MARCH }))
      .thenRefused('subscription_canceled');
    given(anAccount()).when(change()).thenRefused('subscription_not_found');
  });

  it('is made once', () => {
    billed
      .after(change())
      .when(change({ now: FEBRUARY }))
      .thenNothing();
  });

  it('is given back with the rest when it is canceled afterwards', () => {
    const ended = billed.after(
      change(),
      bill({ billThrough: MIDDLE }),
      cancelSubscription({ catalog, changeId: 'end', now: at('2026-01-22T00:00:00Z') }),
    );
    expect(nextLines(ended, at('2026-01-22T00:00:00Z'))).toEqual([
      'calls usage 2026-01-01 2026-01-22 0 0',
      'seats correction 2026-01-01 2026-01-22 0 -1613',
      'base correction 2026-01-17 2026-01-22 0 -2903',
    ]);
    expect(statusAt(timelineIn(ended.state.subscriptions.get(SUBSCRIPTION)!), MARCH)).toBe('ended');
  });
});
