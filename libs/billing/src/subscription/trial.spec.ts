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
  readings,
  SUBSCRIPTION,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { statusAt, timelineIn } from './subscription.js';

const given = givenFor(accountDecider);

const setUp = aCharge({
  key: 'setup',
  name: 'Set-up',
  kind: 'one_time',
  price: { model: 'flat', amount: '7' },
  proration: 'none',
});
const catalog = aCatalog({
  plans: [
    aPlan({ trial: { days: 14 }, charges: [aCharge(), aUsageCharge(), setUp] }),
    aPlan({ key: 'paid', trial: { days: 14, price: '5' } }),
    aPlan({ key: 'pro', charges: [aCharge({ price: { model: 'flat', amount: '90' } })] }),
  ],
});
const day = (text: string) => at(`2026-${text}T00:00:00Z`);
const subscribe = (parts: Parameters<typeof createSubscription>[0] = {}) => createSubscription({ catalog, ...parts });
let invoices = 1;
const bill = (billThrough: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, invoiceId: anId('inv', ++invoices), billThrough: day(billThrough), ...parts });
const nextLines = (from: AccountGiven, billThrough: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill(billThrough, parts)).facts).map(
    ({ charge, kind, service, amount }) =>
      `${charge} ${kind} ${service.localStart.slice(5)} ${service.localEnd.slice(5)} ${amount.minor}`,
  );
const endTrial = { type: 'EndTrial', subscriptionId: SUBSCRIPTION, at: day('01-15') } as const;

const trying = given(anAccount()).after(subscribe());

describe('a free trial', () => {
  it('begins with the subscription, and ends by itself', () => {
    given(anAccount())
      .when(subscribe())
      .then(
        like('SubscriptionCreated', { trial: { days: 14 } }),
        like('SubscriptionActivated', {
          recurring: [],
          firstPeriod: { start: '2026-01-15T00:00:00Z', end: '2026-02-15T00:00:00Z' },
          schedule: { nextBillAt: day('01-15'), timer: { dueAt: day('01-15') } },
        }),
        like('TrialStarted', {
          endsAt: day('01-15'),
          paid: false,
          timer: { key: `trial:${SUBSCRIPTION}`, dueAt: day('01-15'), generation: 1 },
          movements: [{ at: day('01-15'), begun: [{ amount: '30' }], ceased: [] }],
        }),
      );
    trying.when(endTrial).then({
      type: 'TrialEnded',
      data: { subscriptionId: SUBSCRIPTION, at: day('01-15'), outcome: 'converted' },
    });
    trying.after(endTrial).when(endTrial).thenNothing();
    trying.when({ ...endTrial, at: day('01-14') }).thenNothing();
  });

  it('costs nothing, whatever is used; periods begin when it is over', () => {
    const known = [...readings(10, { at: day('01-10') }), ...readings(2, { revision: 1, at: day('01-20') })];
    expect(nextLines(trying, '01-14', { known })).toEqual([]);
    expect(nextLines(trying, '02-15', { known })).toEqual([
      'base recurring 01-15 02-15 3000',
      'base recurring 02-15 03-15 3000',
      'calls usage 01-15 02-15 20',
      'setup one_time 01-15 02-15 700',
    ]);
  });

  it('is a status of its own', () => {
    const timeline = timelineIn(trying.state.subscriptions.get(SUBSCRIPTION)!);
    expect(['01-01', '01-14', '01-15'].map((text) => statusAt(timeline, day(text)))).toEqual([
      'trialing',
      'trialing',
      'active',
    ]);
  });

  it('may be longer, or none, than that of the plan', () => {
    given(anAccount())
      .when(subscribe({ trial: { days: 31 } }))
      .then(like('SubscriptionCreated'), like('SubscriptionActivated'), like('TrialStarted', { endsAt: day('02-01') }));
    given(anAccount())
      .when(subscribe({ trial: { days: 0 } }))
      .then(like('SubscriptionCreated'), like('SubscriptionActivated', { recurring: [{ amount: '30' }] }));
  });

  it('that is canceled within ends with nothing to bill', () => {
    const canceled = trying.after(cancelSubscription({ catalog, at: 'period_end', now: day('01-10') }));
    expect(nextLines(canceled, '03-01')).toEqual([]);
    canceled.when(endTrial).then(like('TrialEnded', { outcome: 'canceled' }));
    trying.when(cancelSubscription({ catalog, at: 'period_end', now: day('01-10') })).then(
      like('SubscriptionCanceled', {
        endsAt: day('01-15'),
        movements: [{ at: day('01-15'), begun: [], ceased: [{ amount: '30' }] }],
      }),
    );
  });

  it('goes on where the plan is changed within', () => {
    const changed = trying.after(changePlan({ catalog, plan: 'pro', at: day('01-10'), now: day('01-10') }));
    expect(nextLines(changed, '01-15')).toEqual(['base recurring 01-15 02-15 9000']);
  });
});

describe('a paid trial', () => {
  const paid = given(anAccount()).after(subscribe({ plan: 'paid' }));

  it('costs what it says as it begins, once', () => {
    expect(nextLines(paid, '01-01')).toEqual(['trial one_time 01-01 01-15 500']);
    const settled = paid.after(bill('01-01'));
    settled.when(bill('01-14')).thenNothing();
    expect(nextLines(settled, '01-15')).toEqual(['base recurring 01-15 02-15 3000']);
  });

  it('is billed again after a void', () => {
    const settled = paid.after(bill('01-01'));
    const [invoiceId] = settled.state.invoices.keys();
    expect(nextLines(settled.after(voidInvoice({ catalog, invoiceId: invoiceId! })), '01-01')).toEqual([
      'trial one_time 01-01 01-15 500',
    ]);
  });

  it('stays paid where it is canceled within', () => {
    const canceled = paid.after(bill('01-01'), cancelSubscription({ catalog, now: day('01-10') }));
    expect(nextLines(canceled, '03-01')).toEqual([]);
  });
});

describe('terms of a trial', () => {
  it.each([
    [{ days: -1 }, 'invalid_trial', '/trialDays'],
    [{ days: 1.5 }, 'invalid_trial', '/trialDays'],
    [{ days: 731 }, 'invalid_trial', '/trialDays'],
    [{ days: 7, price: '-1' }, 'invalid_decimal', '/trialPrice'],
  ])('%j are refused', (trial, code, pointer) => {
    given(anAccount()).when(subscribe({ trial })).thenRefused(code, pointer);
  });
});
