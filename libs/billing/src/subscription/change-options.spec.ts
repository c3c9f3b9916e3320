import {
  aCatalog,
  aCharge,
  aMeter,
  anAccount,
  anId,
  aPlan,
  at,
  aUsageCharge,
  billAccount,
  changePlan,
  createSubscription,
  givenFor,
  like,
  linesIn,
  readings,
  SUBSCRIPTION,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const seats = aCharge({ key: 'seats', name: 'Seats', price: { model: 'per_unit', unitAmount: '10' } });
const free = {
  model: 'graduated',
  tiers: [
    { upTo: '5', unitAmount: '0' },
    { upTo: null, unitAmount: '1' },
  ],
} as const;
const catalog = aCatalog({
  meters: [aMeter()],
  plans: [
    aPlan({ key: 'pro', charges: [aCharge(), seats] }),
    aPlan({ key: 'max', charges: [aCharge({ price: { model: 'flat', amount: '90' } }), seats] }),
    aPlan({ key: 'plain', charges: [aCharge()] }),
    aPlan({ key: 'used', charges: [aUsageCharge({ price: free })] }),
    aPlan({ key: 'after', charges: [{ ...seats, timing: 'in_arrears' }] }),
  ],
});
const day = (text: string) => at(`2026-${text}T00:00:00Z`);

type Parts = NonNullable<Parameters<typeof changePlan>[0]>;
const change = (now: string, parts: Parts = {}) => changePlan({ catalog, now: day(now), ...parts });
let invoices = 1;
const bill = (through: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, billThrough: day(through), invoiceId: anId('inv', ++invoices), ...parts });
const subscribe = (parts: Parameters<typeof createSubscription>[0] = {}) =>
  createSubscription({ catalog, plan: 'pro', quantities: { seats: '2' }, now: day('06-01'), ...parts });

const billed = given(anAccount()).after(subscribe(), bill('06-01'));

/** Charge, first and last day, and minor units of what the next billing makes. */
const nextLines = (from: AccountGiven, through: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill(through, parts)).facts).map(
    ({ charge, service, amount }) =>
      `${charge} ${service.localStart.slice(5)} ${service.localEnd.slice(5)} ${amount.minor}`,
  );
const scheduleOf = ({ state }: AccountGiven) => state.subscriptions.get(SUBSCRIPTION)!.schedule;

describe('a difference made in full', () => {
  it('sells the period whole on the new terms, up and down, on whatever day', () => {
    const up = billed.after(change('06-16', { plan: 'max', proration: 'full_difference' }));
    expect(nextLines(up, '06-16')).toEqual(['base 06-01 07-01 6000']);
    const settled = up.after(bill('06-16'));
    expect(nextLines(settled, '06-30')).toEqual([]);
    expect(nextLines(settled, '07-01')).toEqual(['base 07-01 08-01 9000', 'seats 07-01 08-01 2000']);
    const down = settled.after(
      change('06-20', { plan: 'pro', quantities: { seats: '1' }, changeId: 'down', proration: 'full_difference' }),
    );
    expect(nextLines(down, '06-20').sort()).toEqual(['base 06-01 07-01 -6000', 'seats 06-01 07-01 -1000']);
  });

  it('gives back whole what the new plan has not, and charges whole what the old one had not', () => {
    const plain = billed.after(change('06-16', { plan: 'plain', proration: 'full_difference' }));
    expect(nextLines(plain, '06-16')).toEqual(['seats 06-01 06-01 -2000']);
    const back = plain.after(
      bill('06-16'),
      change('06-20', { plan: 'pro', changeId: 'back', quantities: { seats: '3' }, proration: 'full_difference' }),
    );
    expect(nextLines(back, '06-20')).toEqual(['seats 06-01 07-01 3000']);
  });

  it('takes the parts that changes before it made together', () => {
    const parts = billed.after(
      change('06-10', { quantities: { seats: '4' }, changeId: 'four' }),
      bill('06-10'),
      change('06-16', { quantities: { seats: '5' }, proration: 'full_difference', changeId: 'five' }),
    );
    // 20.00 and 14.00 were billed; five seats are 50.00.
    const lines = linesIn(parts.when(bill('06-16')).facts);
    expect(lines.reduce((total, { amount }) => total + amount.minor, 0n)).toBe(16_00n);
  });

  it('is made as a period begins, not in the middle of one that lies ahead', () => {
    const full = { plan: 'max', proration: 'full_difference' } as const;
    expect(nextLines(billed.after(change('06-16', { ...full, at: 'period_end' })), '07-01')).toEqual([
      'base 07-01 08-01 9000',
      'seats 07-01 08-01 2000',
    ]);
    billed.when(change('06-16', { ...full, at: day('06-20') })).thenRefused('full_difference_ahead', '/proration');
  });
});

describe('what is collected with the next invoice', () => {
  const collected = billed.after(
    change('06-16', { quantities: { seats: '3' }, proration: 'prorated', collect: 'next_invoice' }),
  );

  it('is due, but makes no invoice by itself', () => {
    expect(scheduleOf(collected)).toMatchObject({ nextBillAt: day('06-16'), timer: { dueAt: day('07-01') } });
    expect(scheduleOf(billed.after(change('06-16', { quantities: { seats: '3' } })))).toMatchObject({
      timer: { dueAt: day('06-16') },
    });
  });

  it('is on the next one, with the period that it begins', () => {
    const lines = linesIn(collected.when(bill('07-01')).facts);
    expect(lines.reduce((total, { amount }) => total + amount.minor, 0n)).toBe(5_00n + 60_00n);
    expect(scheduleOf(collected.after(bill('07-01')))).toMatchObject({ nextBillAt: day('08-01') });
  });

  it('waits on through a billing before it that has nothing of it', () => {
    const again = collected.after(
      change('06-20', { quantities: { seats: '4' }, changeId: 'four', proration: 'prorated', collect: 'next_invoice' }),
    );
    expect(scheduleOf(again)).toMatchObject({ timer: { dueAt: day('07-01') } });
    const now = again.after(change('06-22', { quantities: { seats: '5' }, changeId: 'five' }));
    expect(scheduleOf(now)).toMatchObject({ timer: { dueAt: day('06-22') } });
  });

  it('is the first part of a period that is paid afterwards, too', () => {
    const begun = given(anAccount()).after(subscribe({ plan: 'after' }));
    const waiting = ['06-11', '06-21'].reduce(
      (before, from) =>
        before.after(
          change('06-25', {
            quantities: { seats: from === '06-11' ? '3' : '4' },
            at: day(from),
            changeId: from,
            proration: 'prorated',
            collect: 'next_invoice',
          }),
        ),
      begun,
    );
    expect(scheduleOf(waiting)).toMatchObject({ timer: { dueAt: day('07-01') } });
    // 20.00, 30.00 and 40.00, each for a third of June.
    expect(nextLines(waiting, '07-01')).toEqual([
      'seats 06-01 06-11 667',
      'seats 06-11 06-21 1000',
      'seats 06-21 07-01 1333',
    ]);
  });

  it('counts with a period that turns in its moment', () => {
    const turning = billed.after(
      change('06-16', { quantities: { seats: '3' }, at: 'period_end', proration: 'prorated', collect: 'next_invoice' }),
    );
    expect(scheduleOf(turning)).toMatchObject({ timer: { dueAt: day('07-01') } });
  });
});

describe('a new period from today', () => {
  it('gives back what is not used up, and turns on its own day from then on', () => {
    const restarted = billed.after(change('06-16', { plan: 'max', billingCycle: 'restart' }));
    expect(nextLines(restarted, '06-16')).toEqual([
      'base 06-16 07-16 9000',
      'seats 06-16 07-16 2000',
      'base 06-01 06-16 -1500',
      'seats 06-01 06-16 -1000',
    ]);
    expect(scheduleOf(restarted.after(bill('06-16')))).toMatchObject({ nextBillAt: day('07-16') });
  });

  it('needs no other terms, and moves an anchor that was named', () => {
    const anchored = given(anAccount()).after(subscribe({ anchor: { align: 'subscription', day: 1 } }), bill('06-01'));
    const restarted = anchored.after(change('06-16', { billingCycle: 'restart' }));
    anchored
      .when(change('06-16', { billingCycle: 'restart' }))
      .then(like('SubscriptionQuantityChanged', { billingCycle: 'restart', movements: [] }));
    expect(nextLines(restarted, '06-16')).toContain('base 06-16 07-16 3000');
    const later = restarted.after(bill('06-16'), change('06-20', { plan: 'max', changeId: 'later', at: 'period_end' }));
    expect(later.state.subscriptions.get(SUBSCRIPTION)!.segments.at(-1)!.from).toBe(day('07-16'));
    billed.when(change('06-16', { billingCycle: 'restart', proration: 'none' })).thenRefused('proration_required');
  });
});

describe('free units and tiers', () => {
  const used = given(anAccount()).after(subscribe({ plan: 'used', quantities: {} }));
  const known = [...readings(4, { at: day('06-05') }), ...readings(4, { revision: 1, at: day('06-20') })];

  it('go on over a change, or begin anew with it where that is asked for', () => {
    const total = (from: AccountGiven) =>
      linesIn(from.when(bill('07-01', { known })).facts).reduce((sum, { amount }) => sum + amount.minor, 0n);
    expect(total(used)).toBe(3_00n);
    expect(total(used.after(change('06-16', { allowances: 'restart' })))).toBe(0n);
  });
});
