import {
  aCatalog,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  billedIn,
  cancelSubscription,
  createSubscription,
  finalizeInvoice,
  givenFor,
  GRACE,
  readings,
  SUBSCRIPTION,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const JANUARY = at('2026-01-01T00:00:00Z');
const FEBRUARY = at('2026-02-01T00:00:00Z');
const MARCH = at('2026-03-01T00:00:00Z');
const [first, second, third] = [anId('inv', 1), anId('inv', 2), anId('inv', 3)];

const subscribed = given(anAccount()).after(createSubscription());
const nextBillAt = ({ state }: Pick<typeof subscribed, 'state'>) =>
  state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt;

describe('a draft that is issued as it stands, although something changed since it was rated', () => {
  it('leaves due what was voided meanwhile', () => {
    const issued = subscribed.after(
      billAccount({ invoiceId: first }),
      billAccount({ invoiceId: second, billThrough: FEBRUARY, policy: GRACE }),
      voidInvoice({ invoiceId: first }),
      finalizeInvoice({ invoiceId: second, now: FEBRUARY }),
    );
    expect(nextBillAt(issued)).toBe(JANUARY);
    const { facts } = issued.when(billAccount({ invoiceId: third, billThrough: FEBRUARY }));
    expect(billedIn(facts)).toEqual(['base recurring 3000']);
    expect(nextBillAt(issued.after(billAccount({ invoiceId: third, billThrough: FEBRUARY })))).toBe(MARCH);
  });

  it('leaves due what it is the difference to, if that was voided meanwhile', () => {
    const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
    const [inTime, late] = [readings(90, { revision: 0 }), readings(30, { revision: 1 })];
    const bill = { catalog, billThrough: FEBRUARY };
    const issued = given(anAccount()).after(
      createSubscription({ catalog }),
      billAccount({ ...bill, invoiceId: first, known: inTime }),
      billAccount({ ...bill, invoiceId: second, known: [...inTime, ...late], policy: GRACE }),
      voidInvoice({ invoiceId: first, catalog }),
      finalizeInvoice({ invoiceId: second, catalog, now: FEBRUARY }),
    );
    expect(nextBillAt(issued)).toBe(FEBRUARY);
    const { facts } = issued.when(billAccount({ ...bill, invoiceId: third, known: [...inTime, ...late] }));
    expect(billedIn(facts)).toEqual(['calls usage 900']);
  });

  it('leaves due what was canceled meanwhile', () => {
    const endsAt = at('2026-01-16T00:00:00Z');
    const issued = subscribed.after(
      billAccount({ invoiceId: first, policy: GRACE }),
      cancelSubscription({ at: endsAt, now: endsAt }),
      finalizeInvoice({ invoiceId: first, now: endsAt }),
    );
    expect(nextBillAt(issued)).toBe(endsAt);
    const { facts } = issued.when(billAccount({ invoiceId: second, billThrough: endsAt }));
    expect(billedIn(facts)).toEqual(['base correction -1548']);
    const settled = issued.after(billAccount({ invoiceId: second, billThrough: endsAt }));
    expect(nextBillAt(settled)).toBeNull();
    settled.when(billAccount({ invoiceId: third, billThrough: MARCH })).thenNothing();
  });
});
