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
  like,
  linesIn,
  pauseSubscription,
  readings,
  resumeSubscription,
  SUBSCRIPTION,
  uncancelSubscription,
  withdrawChange,
  type AccountGiven,
} from '#testing';
import type { Instant } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { statusAt, timelineIn } from './subscription.js';

const given = givenFor(accountDecider);

const catalog = aCatalog({
  plans: [
    aPlan({ charges: [aCharge(), aUsageCharge()] }),
    aPlan({ key: 'arrears', charges: [aCharge({ timing: 'in_arrears' })] }),
    aPlan({ key: 'whole', charges: [aCharge({ proration: 'none' })] }),
  ],
});
const day = (text: string) => at(`2026-${text}T00:00:00Z`);
const pause = (from: string, parts: Parameters<typeof pauseSubscription>[0] = {}) =>
  pauseSubscription({ catalog, at: day(from), now: day(from), ...parts });
const resume = (from: string, parts: Parameters<typeof resumeSubscription>[0] = {}) =>
  resumeSubscription({ catalog, at: day(from), now: day(from), ...parts });
let invoices = 1;
const bill = (billThrough: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, invoiceId: anId('inv', ++invoices), billThrough: day(billThrough), ...parts });
const nextLines = (from: AccountGiven, billThrough: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill(billThrough, parts)).facts).map(
    ({ charge, kind, service, amount }) =>
      `${charge} ${kind} ${service.localStart.slice(5)} ${service.localEnd.slice(5)} ${amount.minor}`,
  );
const statusOf = ({ state }: AccountGiven, instant: Instant) =>
  statusAt(timelineIn(state.subscriptions.get(SUBSCRIPTION)!), instant);

const billed = given(anAccount()).after(createSubscription({ catalog }), bill('01-01'));
const paused = billed.after(pause('01-11'));

describe('a pause', () => {
  it('gives back what was paid for it, and nothing is billed for it', () => {
    expect(nextLines(paused, '01-11')).toEqual(['calls usage 01-01 01-11 0', 'base correction 01-01 01-11 -2032']);
    const settled = paused.after(bill('01-11'));
    expect(nextLines(settled, '05-01')).toEqual([]);
    expect(settled.state.subscriptions.get(SUBSCRIPTION)!.schedule).toEqual({ nextBillAt: null, timer: null });
  });

  it('ends when it is resumed: the rest of that period is charged, on the days on which periods always turned', () => {
    const resumed = paused.after(bill('01-11'), resume('02-15'));
    expect(nextLines(resumed, '02-15')).toEqual(['base recurring 02-15 03-01 1500']);
    expect(nextLines(resumed.after(bill('02-15')), '03-01')).toEqual([
      'base recurring 03-01 04-01 3000',
      'calls usage 02-15 03-01 0',
    ]);
  });

  it('without credit leaves what was paid as it is, and what follows in it is not paid twice', () => {
    const kept = billed.after(pause('01-11', { credit: 'none' }));
    expect(nextLines(kept, '01-11')).toEqual(['calls usage 01-01 01-11 0']);
    expect(nextLines(kept, '03-01')).toEqual(['calls usage 01-01 01-11 0']);
    const within = kept.after(resume('01-21'));
    expect(nextLines(within, '01-31')).toEqual([]);
    expect(nextLines(within, '02-01')).toEqual(['base recurring 02-01 03-01 3000', 'calls usage 01-01 02-01 0']);
    expect(nextLines(kept.after(resume('02-15')), '02-15')).toContain('base recurring 02-15 03-01 1500');
  });

  it('leaves what is not prorated whole', () => {
    const whole = given(anAccount()).after(
      createSubscription({ catalog, plan: 'whole' }),
      bill('01-01'),
      pause('01-11'),
    );
    expect(nextLines(whole, '01-31')).toEqual([]);
    expect(nextLines(whole.after(resume('01-21')), '02-01')).toEqual(['base recurring 02-01 03-01 3000']);
  });

  it('is not billed in arrears either', () => {
    const arrears = given(anAccount()).after(
      createSubscription({ catalog, plan: 'arrears' }),
      pause('01-11', { credit: 'none' }),
      resume('01-21'),
    );
    expect(nextLines(arrears, '02-01')).toEqual(['base recurring 01-01 01-11 968', 'base recurring 01-21 02-01 1064']);
  });

  it('counts no usage', () => {
    const known = [
      ...readings(1, { at: day('01-10') }),
      ...readings(2, { revision: 1, at: day('01-11') }),
      ...readings(4, { revision: 2, at: day('01-21') }),
    ];
    expect(nextLines(paused.after(resume('01-21')), '02-01', { known })).toEqual(
      expect.arrayContaining(['calls usage 01-01 02-01 50']),
    );
  });

  it('counts for no revenue', () => {
    billed.when(pause('01-11', { until: day('02-01') })).then(
      like('SubscriptionPaused', {
        effectiveFrom: day('01-11'),
        until: day('02-01'),
        movements: [
          { at: day('01-11'), begun: [], ceased: [{ amount: '30' }] },
          { at: day('02-01'), begun: [{ amount: '30' }], ceased: [] },
        ],
      }),
    );
  });

  it('has a status while it lasts', () => {
    const until = billed.after(pause('01-11', { until: day('01-21') }));
    expect(['01-10', '01-11', '01-20', '01-21'].map((text) => statusOf(until, day(text)))).toEqual([
      'active',
      'paused',
      'paused',
      'active',
    ]);
  });

  it('lies ahead until the period ends, and is withdrawn until then', () => {
    const planned = billed.after(pause('01-11', { at: 'period_end' }));
    expect(nextLines(planned, '02-01')).toEqual(['calls usage 01-01 02-01 0']);
    const withdrawn = planned.after(withdrawChange({ catalog, changeId: 'pause-1', now: day('01-12') }));
    expect(nextLines(withdrawn, '02-01')).toContain('base recurring 02-01 03-01 3000');
  });

  it('is made once, and never in another', () => {
    paused.when(pause('01-20')).thenNothing();
    paused.when(pause('01-20', { changeId: 'pause-2' })).thenRefused('subscription_already_paused');
    billed.when(pause('01-11', { until: day('01-11') })).thenRefused('until_before_pause', '/until');
    billed.when(pause('01-11', { at: at('2025-12-01T00:00:00Z') })).thenRefused('change_before_start', '/at');
    given(anAccount())
      .after(createSubscription({ catalog, activation: 'manual' }))
      .when(pause('01-11'))
      .thenRefused('subscription_not_active');
  });

  it('is followed by others once it is over', () => {
    const twice = paused.after(resume('01-21'), pause('02-10', { changeId: 'pause-2' }));
    expect(statusOf(twice, day('02-09'))).toBe('active');
    expect(statusOf(twice, day('02-10'))).toBe('paused');
  });

  it('outlasts a change of units, which count once it is over', () => {
    const seats = aCatalog({
      plans: [aPlan({ charges: [aCharge({ key: 'seats', price: { model: 'per_unit', unitAmount: '31' } })] })],
    });
    const changed = given(anAccount()).after(
      createSubscription({ catalog: seats }),
      billAccount({ catalog: seats }),
      pause('01-11', { catalog: seats }),
      changePlan({ catalog: seats, quantities: { seats: '3' }, at: day('01-15'), now: day('01-15') }),
      resume('01-21', { catalog: seats }),
    );
    expect(nextLines(changed, '01-21', { catalog: seats })).toEqual([
      'seats recurring 01-21 02-01 3300',
      'seats correction 01-01 01-11 -2100',
    ]);
  });
});

describe('a pause until a day', () => {
  const planned = billed.after(pause('01-11', { until: day('01-21') }));
  const timer = { key: `resume:${SUBSCRIPTION}`, dueAt: day('01-21'), generation: 1 };
  const over = {
    type: 'EndPause',
    subscriptionId: SUBSCRIPTION,
    changeId: 'over',
    at: day('01-21'),
    catalog,
    now: day('01-21'),
  } as const;

  it('is billed as it is planned, and announces its end by itself', () => {
    billed.when(pause('01-11', { until: day('01-21') })).then(like('SubscriptionPaused', { timer }));
    expect(nextLines(planned, '01-21')).toEqual([
      'base recurring 01-21 02-01 1065',
      'base correction 01-01 01-11 -2033',
    ]);
    planned.when(over).then(like('SubscriptionResumed', { effectiveFrom: day('01-21'), movements: [] }));
    planned.after(over).when(over).thenNothing();
  });

  it('is over earlier where it is resumed before: its timer says nothing then', () => {
    const early = planned.after(resume('01-16'));
    expect(nextLines(early, '01-16')).toContain('base recurring 01-16 02-01 1548');
    early.when(over).thenNothing();
  });

  it('is not announced as over within another one', () => {
    const longer = billed.after(
      pause('01-11', { changeId: 'later', at: day('01-15'), until: day('01-31') }),
      pause('01-11', { until: day('01-21') }),
    );
    longer.when(over).thenNothing();
    longer.when({ ...over, at: day('01-31') }).then(like('SubscriptionResumed', { effectiveFrom: day('01-31') }));
  });

  it('is not announced as over where the subscription has ended', () => {
    planned
      .after(cancelSubscription({ catalog, now: day('01-15') }))
      .when(over)
      .thenNothing();
  });

  it('in the past has no timer', () => {
    const { facts } = billed.when(pause('01-11', { until: day('01-21'), now: day('01-25') }));
    expect(facts[0]!.data).not.toHaveProperty('timer');
  });
});

describe('resuming', () => {
  it('needs a pause', () => {
    billed.when(resume('01-11')).thenRefused('subscription_not_paused');
    paused.when(resume('01-10')).thenRefused('subscription_not_paused');
    paused
      .after(resume('01-21'))
      .when(resume('01-25', { changeId: 'again' }))
      .thenRefused('subscription_not_paused');
  });

  it('is done once', () => {
    paused.after(resume('01-21')).when(resume('01-25')).thenNothing();
  });

  it('as soon as it was paused leaves nothing of the pause', () => {
    const nothing = paused.after(resume('01-11'));
    expect(nextLines(nothing, '01-31')).toEqual([]);
    nothing.after(bill('01-31')).when(bill('01-31')).thenNothing();
  });
});

describe('an end that has not come', () => {
  const canceled = billed.after(cancelSubscription({ catalog, at: day('01-21'), now: day('01-11') }));

  it('is taken back, with what it would have given back', () => {
    const uncancel = uncancelSubscription({ catalog, now: day('01-12') });
    const back = canceled.after(uncancel);
    canceled
      .when(uncancel)
      .then(like('ScheduledChangeWithdrawn', { changeId: 'change-1', change: 'cancel', timeline: [{ to: null }] }));
    expect(statusOf(back, day('01-25'))).toBe('active');
    expect(nextLines(back, '01-31')).toEqual([]);
    expect(nextLines(back, '02-01')).toEqual(['base recurring 02-01 03-01 3000', 'calls usage 01-01 02-01 0']);
    back.when(uncancel).thenRefused('subscription_not_canceled');
    back
      .when(cancelSubscription({ catalog, changeId: 'change-2', now: day('01-15') }))
      .then(like('SubscriptionCanceled', { changeId: 'change-2' }), like('SubscriptionEnded'));
  });

  it('is charged again where it was given back before', () => {
    const ahead = canceled.after(bill('01-21'), uncancelSubscription({ catalog, now: day('01-12') }));
    expect(nextLines(ahead, '01-21')).toEqual(['base correction 01-01 02-01 1065']);
  });

  it('is withdrawn as a change that is scheduled, too', () => {
    canceled
      .when(withdrawChange({ catalog, now: day('01-12') }))
      .then(like('ScheduledChangeWithdrawn', { change: 'cancel' }));
  });

  it('is not taken back once it has come', () => {
    canceled.when(uncancelSubscription({ catalog, now: day('01-21') })).thenRefused('subscription_ended');
    billed.when(uncancelSubscription({ catalog })).thenRefused('subscription_not_canceled');
  });
});
