import {
  aCatalog,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  createSubscription,
  finalizeInvoice,
  givenFor,
  GRACE,
  linesIn,
  readings,
  SUBSCRIPTION,
  totalIn,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);
const catalog = aCatalog({
  plans: [aPlan({ charges: [aUsageCharge({ price: { model: 'per_unit', unitAmount: '1' } })] })],
});
const END = at('2026-01-20T00:00:00Z');
const NOW = at('2026-01-25T00:00:00Z');
const begun = given(anAccount()).after(createSubscription({ catalog }));
const known = readings(30, { revision: 0 });
const bill = (invoice: number, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, known, billThrough: END, invoiceId: anId('inv', invoice), now: END, ...parts });
const ended = begun.after(cancelSubscription({ catalog, now: END }), bill(1));
const arrivals = [{ event: 'call', day: '2026-01-15' }];
const late = { type: 'ScheduleLateBilling', arrivals, catalog, now: NOW } as const;

describe('readings that come after the end', () => {
  it('are billed by a timer of their own, a day later', () => {
    const { facts, state } = ended.when(late);
    expect(facts).toMatchObject([
      {
        type: 'LateBillingScheduled',
        data: {
          subscriptionId: SUBSCRIPTION,
          schedule: { nextBillAt: END, timer: { key: `bill:${SUBSCRIPTION}`, dueAt: '2026-01-26T00:00:00Z' } },
        },
      },
    ]);
    const { timer } = state.subscriptions.get(SUBSCRIPTION)!.schedule;
    const more = [...known, ...readings(4, { revision: 1 })];
    const fired = ended.after(late).when(
      bill(2, {
        known: more,
        billThrough: timer!.dueAt,
        timer: { subscriptionId: SUBSCRIPTION, generation: timer!.generation },
        now: timer!.dueAt,
      }),
    );
    expect(totalIn(fired.facts)).toBe(4_00n);
    expect(fired.state.subscriptions.get(SUBSCRIPTION)!.schedule).toEqual({ nextBillAt: null, timer: null });
  });

  it('are scheduled once', () => {
    ended.after(late).when(late).thenNothing();
  });

  it('wait for the next billing of a subscription that has one', () => {
    begun
      .after(bill(1, { billThrough: at('2026-02-01T00:00:00Z') }))
      .when(late)
      .thenNothing();
  });

  it('that concern nothing which is billed schedule nothing', () => {
    ended.when({ ...late, arrivals: [{ event: 'other', day: '2026-01-15' }] }).thenNothing();
  });
});

describe('a void invoice', () => {
  const [INVOICE] = [anId('inv', 1)];
  const voids = (parts: Parameters<typeof voidInvoice>[0] = {}) =>
    voidInvoice({ catalog, invoiceId: INVOICE, now: NOW, ...parts });

  it('is billed again by a timer of its own, an hour later', () => {
    const { facts } = ended.when(voids());
    expect(facts[0]).toMatchObject({
      type: 'InvoiceVoided',
      data: { reopened: [{ subscriptionId: SUBSCRIPTION, timer: { dueAt: '2026-01-25T01:00:00Z' } }] },
    });
    expect(totalIn(ended.after(voids()).when(bill(2, { now: NOW })).facts)).toBe(30_00n);
  });

  it('is billed again by itself, though a draft that was rated before is issued in between', () => {
    const FEBRUARY = at('2026-02-01T00:00:00Z');
    const drafted = begun
      .after(bill(1, { billThrough: FEBRUARY, now: FEBRUARY }))
      .after(bill(2, { billThrough: at('2026-03-01T00:00:00Z'), now: at('2026-03-01T00:00:00Z'), policy: GRACE }));
    const now = at('2026-03-02T00:00:00Z');
    const { state } = drafted.after(voids({ now }), finalizeInvoice({ catalog, invoiceId: anId('inv', 2), now }));
    expect(state.subscriptions.get(SUBSCRIPTION)!.schedule).toMatchObject({ timer: { dueAt: now } });
  });

  it('is not billed again where that is given up: only what is owed beyond it', () => {
    const waived = ended.after(voids({ billAgain: false }));
    waived.when(bill(2, { now: NOW })).thenNothing();
    const more = [...known, ...readings(4, { revision: 1 })];
    expect(totalIn(waived.when(bill(2, { known: more, now: NOW })).facts)).toBe(4_00n);
  });

  it('gives nothing back of what was given up', () => {
    const waived = ended.after(voids({ billAgain: false }));
    const fewer = [...readings(10, { revision: 1 })];
    const { facts } = waived.when(bill(2, { known: fewer, now: NOW }));
    expect(linesIn(facts).map(({ amount, quantity }) => [amount.minor, quantity])).toEqual([[0n, '-20']]);
  });
});
