import {
  aCatalog,
  aCharge,
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
  INVOICE,
  like,
  readings,
  SUBSCRIPTION,
  totalIn,
  usd,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { CountedReading } from '../usage/metering.js';

const given = givenFor(accountDecider);

const FEBRUARY = at('2026-02-01T00:00:00Z');
const catalog = aCatalog({ plans: [aPlan({ charges: [aUsageCharge()] })] });
const metered = given(anAccount()).after(createSubscription({ catalog }));
const inTime = readings(90, { revision: 0 });
const late = readings(30, { revision: 1 });
const bill = (
  invoice: number,
  known: readonly CountedReading[],
  parts: NonNullable<Parameters<typeof billAccount>[0]> = {},
) => billAccount({ catalog, known, billThrough: FEBRUARY, invoiceId: anId('inv', invoice), ...parts });

describe('an invoice that is voided while a draft holds the difference to it', () => {
  const issued = metered.after(
    bill(1, inTime),
    bill(2, [...inTime, ...late], { policy: GRACE }),
    voidInvoice({ catalog, invoiceId: anId('inv', 1) }),
    finalizeInvoice({ catalog, invoiceId: anId('inv', 2), now: at('2026-02-10T00:00:00Z') }),
  );

  it('is billed again after the draft was issued as it stood', () => {
    expect(billedIn(issued.when(bill(3, [...inTime, ...late])).facts)).toEqual(['calls usage 900']);
  });

  it('stays due: a billing run finds it', () => {
    expect(issued.state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt).toBe(FEBRUARY);
  });
});

describe('a draft of what is served no more', () => {
  const drafted = given(anAccount()).after(
    createSubscription(),
    billAccount(),
    billAccount({ policy: GRACE, billThrough: FEBRUARY, invoiceId: anId('inv', 2) }),
  );
  const ended = drafted.after(
    cancelSubscription({ at: at('2026-01-31T12:00:00Z'), credit: 'none', now: at('2026-02-01T08:00:00Z') }),
  );
  const again = billAccount({
    policy: GRACE,
    graceOver: true,
    billThrough: FEBRUARY,
    now: at('2026-02-02T00:00:00Z'),
    invoiceId: anId('inv', 3),
  });

  it('is given up, and is nobody’s debt', () => {
    ended
      .when(again)
      .then(
        like('InvoiceVoided', { invoiceId: anId('inv', 2), amountDue: usd(0n), creditReturned: usd(0n), reopened: [] }),
      );
    ended
      .after(again)
      .when(finalizeInvoice({ invoiceId: anId('inv', 2) }))
      .thenRefused('invoice_already_finalized');
  });
});

describe('a draft that is rated again', () => {
  it('keeps what it holds, however early a billing looks', () => {
    const drafted = metered.after(bill(1, inTime, { policy: GRACE }));
    drafted.when(bill(2, inTime, { policy: GRACE, billThrough: at('2026-01-10T00:00:00Z') })).thenNothing();
    const { facts } = drafted.when(
      bill(2, [...inTime, ...late], { policy: GRACE, billThrough: at('2026-01-10T00:00:00Z') }),
    );
    expect(billedIn(facts)).toEqual(['calls usage 1200']);
  });
});

describe('a draft that is issued as it stands', () => {
  it('leaves what a cancellation gave back since to the next billing', () => {
    const story = given(anAccount()).after(
      createSubscription(),
      billAccount(),
      billAccount({ policy: GRACE, billThrough: FEBRUARY, invoiceId: anId('inv', 2) }),
      cancelSubscription({ now: at('2026-02-15T00:00:00Z') }),
      finalizeInvoice({ invoiceId: anId('inv', 2), now: at('2026-02-15T09:00:00Z') }),
    );
    const { nextBillAt, timer } = story.state.subscriptions.get(SUBSCRIPTION)!.schedule;
    expect(nextBillAt).toBe('2026-02-15T00:00:00Z');
    expect(timer?.dueAt).toBe('2026-02-15T09:00:00Z');
    const credit = billAccount({ billThrough: at('2026-02-16T00:00:00Z'), invoiceId: anId('inv', 3) });
    expect(totalIn(story.when(credit).facts)).toBe(-15_00n);
  });
});

describe('what falls due while a draft waits', () => {
  const weekly = aCatalog({
    plans: [aPlan({ interval: { unit: 'week', count: 1 }, charges: [aCharge({ timing: 'in_arrears' })] })],
  });

  it('is billed by its own timer, not left to the one after it', () => {
    const graceOver = billAccount({
      catalog: weekly,
      policy: { ...GRACE, graceHours: 240 },
      graceOver: true,
      billThrough: at('2026-01-08T00:00:00Z'),
      now: at('2026-01-18T00:00:00Z'),
    });
    const { schedule } = given(anAccount())
      .after(
        createSubscription({ catalog: weekly }),
        billAccount({ catalog: weekly, policy: GRACE, billThrough: at('2026-01-08T00:00:00Z') }),
        graceOver,
      )
      .state.subscriptions.get(SUBSCRIPTION)!;
    expect(schedule.timer?.dueAt).toBe('2026-01-15T00:00:00Z');
  });
});

describe('a draft too large for one append', () => {
  const charges = Array.from({ length: 1500 }, (_, index) =>
    aCharge({ key: `fee-${index}`, name: 'A fee with a long name '.repeat(8) }),
  );
  const large = aCatalog({ plans: [aPlan({ charges: [...charges, aUsageCharge()] })] });
  const begun = given(anAccount()).after(
    createSubscription({ catalog: large }),
    billAccount({ catalog: large, known: inTime, billThrough: FEBRUARY }),
  );

  it('goes on where it was', () => {
    const [first, ...rest] = begun.when(
      billAccount({ catalog: large, known: inTime, billThrough: FEBRUARY, continues: 1 }),
    ).facts;
    expect(first).toMatchObject({ type: 'InvoiceLinesAdded', data: { draftRevision: 1, chunk: 4 } });
    expect(rest.length).toBeGreaterThan(0);
  });

  it('begins again where its lines are not what they were', () => {
    const other = cancelSubscription({ catalog: large, at: at('2026-01-16T00:00:00Z'), now: FEBRUARY });
    const { facts } = begun
      .after(other)
      .when(billAccount({ catalog: large, known: inTime, billThrough: FEBRUARY, continues: 1 }));
    expect(facts[0]).toMatchObject({ type: 'InvoiceDrafted', data: { invoiceId: INVOICE, draftRevision: 2 } });
  });
});
