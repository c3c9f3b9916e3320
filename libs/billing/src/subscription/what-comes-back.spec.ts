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
  cancelSubscription,
  changePlan,
  createSubscription,
  givenFor,
  linesIn,
  readings,
  SUBSCRIPTION,
  uncancelSubscription,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);

const setup = aCharge({
  key: 'setup',
  name: 'Set-up',
  kind: 'one_time',
  proration: 'none',
  price: { model: 'flat', amount: '50' },
});
const seats = aCharge({ key: 'seats', name: 'Seats', price: { model: 'per_unit', unitAmount: '10' } });
const catalog = aCatalog({
  meters: [aMeter()],
  plans: [
    aPlan({ key: 'pro', charges: [aCharge(), setup, aUsageCharge()] }),
    aPlan({ key: 'arrears', charges: [aCharge({ timing: 'in_arrears' }), seats] }),
  ],
});
const day = (text: string) => at(`2026-${text}T00:00:00Z`);

let invoices = 1;
const bill = (through: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, billThrough: day(through), invoiceId: anId('inv', ++invoices), ...parts });
type Cancel = NonNullable<Parameters<typeof cancelSubscription>[0]>;
const cancel = (on: string, parts: Cancel = {}) =>
  cancelSubscription({ catalog, changeId: 'end', now: day(on), credit: 'full', ...parts });
const subscribe = (parts: Parameters<typeof createSubscription>[0] = {}) =>
  createSubscription({ catalog, plan: 'pro', now: day('06-01'), ...parts });

const begun = given(anAccount()).after(subscribe());
const billed = begun.after(bill('06-01'));

/** Charge, kind and minor units of what the next billing makes. */
const nextLines = (from: AccountGiven, through: string, parts: Parameters<typeof billAccount>[0] = {}) =>
  linesIn(from.when(bill(through, parts)).facts).map(({ charge, kind, amount }) => `${charge} ${kind} ${amount.minor}`);
const scheduleOf = ({ state }: AccountGiven) => state.subscriptions.get(SUBSCRIPTION)!.schedule;

describe('an end with full credit', () => {
  it('as of the beginning gives back everything, one-time charges among it', () => {
    const ended = billed.after(cancel('06-02', { at: day('06-01') }));
    expect(nextLines(ended, '06-02')).toEqual(['base correction -3000', 'setup correction -5000']);
    const settled = ended.after(bill('06-02'));
    expect(nextLines(settled, '09-01')).toEqual([]);
    expect(scheduleOf(settled)).toMatchObject({ nextBillAt: null, timer: null });
  });

  it('gives back the period that it falls into, whole, and no period before it', () => {
    expect(nextLines(billed.after(cancel('06-16')), '06-16')).toEqual([
      'calls usage 0',
      'base correction -3000',
      'setup correction -5000',
    ]);
    const july = billed.after(bill('07-01'));
    expect(nextLines(july.after(cancel('07-16')), '07-16')).toEqual(['calls usage 0', 'base correction -3000']);
  });

  it('gives back nothing of a period that is over with it', () => {
    expect(nextLines(billed.after(cancel('06-16', { at: 'period_end' })), '07-01')).toEqual(['calls usage 0']);
  });

  it('sells nothing of the period where nothing was billed yet, but what was used', () => {
    const used = { known: readings(3, { at: day('06-05') }) };
    expect(nextLines(begun.after(cancel('06-16')), '06-16', used)).toEqual(['calls usage 30']);
  });

  it('is of all parts of the period, also of those that a change made, and of what is paid in arrears', () => {
    const arrears = given(anAccount()).after(subscribe({ plan: 'arrears', quantities: { seats: '2' } }), bill('06-01'));
    const more = arrears.after(
      changePlan({ catalog, quantities: { seats: '4' }, now: day('06-16'), changeId: 'more' }),
      bill('06-16'),
    );
    const ended = more.after(cancel('06-20'));
    const back = linesIn(ended.when(bill('06-20')).facts);
    expect(back.reduce((total, { amount }) => total + amount.minor, 0n)).toBe(-30_00n);
    expect(back.every(({ charge }) => charge === 'seats')).toBe(true);
    expect(nextLines(ended.after(bill('06-20')), '09-01')).toEqual([]);
  });

  it('is of a paid trial as long as that lasts', () => {
    const tried = given(anAccount()).after(subscribe({ trial: { days: 14, price: '5' } }), bill('06-01'));
    expect(nextLines(tried.after(cancel('06-05')), '06-05')).toEqual(['trial correction -500']);
    expect(nextLines(tried.after(cancel('06-05', { credit: 'prorated' })), '06-05')).toEqual([]);
  });

  it('bills it again where the end is taken back', () => {
    const back = billed.after(
      cancel('06-02', { at: day('06-20') }),
      bill('06-20'),
      uncancelSubscription({ catalog, now: day('06-10') }),
    );
    expect(nextLines(back, '06-20')).toEqual(['base correction 3000']);
  });

  it('gives back no more than was billed after a void', () => {
    const [id] = billed.state.invoices.keys();
    const voided = billed.after(voidInvoice({ catalog, invoiceId: id! }), cancel('06-02', { at: day('06-01') }));
    expect(nextLines(voided, '06-02')).toEqual([]);
  });

  it('is a choice: else one-time charges stay', () => {
    const prorated = billed.after(cancel('06-02', { at: day('06-01'), credit: 'prorated' }));
    expect(nextLines(prorated, '06-02')).toEqual(['base correction -3000']);
    expect(nextLines(billed.after(cancel('06-02', { credit: 'none' })), '06-02')).toEqual(['calls usage 0']);
  });
});

describe('an end without a last bill', () => {
  const used = { known: readings(7, { at: day('06-05') }) };
  const last = (credit: NonNullable<Cancel['credit']> = 'none') =>
    billed.after(cancel('06-16', { credit, finalBill: false }));

  it('bills nothing that falls due with it, nor what is learned later', () => {
    expect(nextLines(billed.after(cancel('06-16', { credit: 'none' })), '06-16', used)).toEqual(['calls usage 70']);
    expect(nextLines(last(), '06-16', used)).toEqual([]);
    expect(scheduleOf(last())).toMatchObject({ nextBillAt: null, timer: null });
    const july = billed.after(bill('07-01', used), cancel('07-10', { credit: 'none', finalBill: false }));
    expect(nextLines(july, '07-10', { known: readings(9, { at: day('06-05'), revision: 1 }) })).toEqual([]);
  });

  it('gives back what it is told to all the same', () => {
    expect(nextLines(last('prorated'), '06-16', used)).toEqual(['base correction -1500']);
  });

  it('that lies ahead lets the periods until then be billed', () => {
    const ahead = billed.after(cancel('06-16', { at: day('07-16'), credit: 'none', finalBill: false }));
    expect(nextLines(ahead, '07-01', used)).toEqual(['base recurring 1452', 'calls usage 70']);
    expect(nextLines(ahead.after(bill('07-01', used)), '08-01', used)).toEqual([]);
  });
});

describe('what another system has billed', () => {
  const moved = given(anAccount()).after(
    subscribe({ startAt: day('03-15'), billedThrough: day('06-15'), now: day('06-20') }),
  );

  it('is not billed again: neither what was over by then, nor what was paid in advance', () => {
    expect(nextLines(moved, '06-20', { known: readings(2, { at: day('06-01') }) })).toEqual(['base recurring 3000']);
    const within = given(anAccount()).after(
      subscribe({ startAt: day('03-15'), billedThrough: day('06-01'), now: day('06-20') }),
    );
    // The period from 15 May was paid; what was used in it was not over.
    expect(nextLines(within, '06-20')).toEqual(['base recurring 3000', 'calls usage 0']);
  });

  it('lets the first bill be made when something falls due after it', () => {
    const ahead = given(anAccount()).after(
      subscribe({ startAt: day('06-01'), billedThrough: day('07-01'), now: day('06-20') }),
    );
    expect(scheduleOf(ahead)).toMatchObject({ nextBillAt: day('07-01') });
    expect(nextLines(ahead, '07-01')).toEqual(['base recurring 3000']);
  });
});
