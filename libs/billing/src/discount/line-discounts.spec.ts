import { money, type Instant } from '#kernel';
import {
  aCatalog,
  aCharge,
  anAccount,
  anId,
  aPlan,
  applyDiscount,
  at,
  aUsageCharge,
  billAccount,
  cancelSubscription,
  changePlan,
  createSubscription,
  givenFor,
  INVOICE,
  issueCreditNote,
  linesIn,
  on,
  readings,
  removeDiscount,
  totalIn,
  transfersIn,
  usd,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import type { AccountFact } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { TaxTerms } from '../tax/tax-terms.js';

const given = givenFor(accountDecider);

const FEBRUARY = at('2026-02-01T00:00:00Z');
const MARCH = at('2026-03-01T00:00:00Z');
const APRIL = at('2026-04-01T00:00:00Z');

/** 30.00 in advance; calls at ten cents. */
const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge(), aUsageCharge()] })] });
const subscribed = given(anAccount()).after(createSubscription({ catalog }));
const bill = (billThrough: Instant, number: number, parts: Parameters<typeof billAccount>[0] = {}) =>
  billAccount({ catalog, billThrough, invoiceId: anId('inv', number), ...parts });

/** Charge, kind, net, and what each discount took off. */
const told = (facts: readonly AccountFact[]): string[] =>
  linesIn(facts).map(({ charge, kind, amount, discounts = [] }) =>
    [charge, kind, amount.minor, ...discounts.map((one) => `−${one.amount.minor}`)].join(' '),
  );

const VAT: TaxTerms = {
  settings: { provider: 'rates', country: 'DE', rounding: 'document', prices: 'exclusive' },
  rates: [{ code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: on('2020-01-01') }],
  buyer: { country: 'DE', region: null, isBusiness: false },
};

describe('a percentage', () => {
  const discounted = subscribed.after(applyDiscount({ catalog }));
  const january = readings(10);

  it('is taken off each period, fees in advance and usage afterwards', () => {
    const { facts } = discounted.when(bill(at('2026-01-01T00:00:00Z'), 1));
    expect(told(facts)).toEqual(['base recurring 2400 −600']);
    expect(totalIn(facts)).toBe(24_00n);
    expect(transfersIn(facts)).toEqual(['receivable deferred_revenue 2400']);
    const next = discounted.after(bill(at('2026-01-01T00:00:00Z'), 1)).when(bill(FEBRUARY, 2, { known: january }));
    expect(told(next.facts)).toEqual(['base recurring 2400 −600', 'calls usage 80 −20']);
  });

  const billed = discounted.after(bill(FEBRUARY, 1, { known: january }));

  it('is taken off what comes late of a period, too', () => {
    const late = readings(5, { revision: 1 });
    const { facts } = billed.when(bill(at('2026-02-10T00:00:00Z'), 2, { known: [...january, ...late] }));
    expect(told(facts)).toEqual(['calls late_usage 40 −10']);
  });

  it('is given back with what is not used: 14 of 28 days of 24.00', () => {
    const canceled = billed.after(cancelSubscription({ catalog, at: at('2026-02-15T00:00:00Z'), now: FEBRUARY }));
    const { facts } = canceled.when(bill(at('2026-02-15T00:00:00Z'), 2, { known: january }));
    expect(told(facts)).toEqual(['calls usage 0', 'base correction -1200 −-300']);
  });

  it('is billed again after a void as it was', () => {
    const { facts } = billed
      .after(voidInvoice({ invoiceId: anId('inv', 1), catalog }))
      .when(bill(FEBRUARY, 2, { known: january }));
    expect(told(facts).sort()).toEqual(['base recurring 2400 −600', 'base recurring 2400 −600', 'calls usage 80 −20']);
  });

  it('is taken off half up, of each charge and period by itself', () => {
    const odd = aCatalog({ plans: [aPlan({ charges: [aCharge({ price: { model: 'flat', amount: '0.33' } })] })] });
    const of = given(anAccount()).after(
      createSubscription({ catalog: odd }),
      applyDiscount({ catalog: odd, terms: { percent: '50' } }),
    );
    expect(told(of.when(billAccount({ catalog: odd })).facts)).toEqual(['base recurring 16 −17']);
  });

  it('leaves nothing of what it takes off whole', () => {
    const free = subscribed.after(applyDiscount({ catalog, terms: { percent: '100' } }));
    expect(told(free.when(bill(FEBRUARY, 1, { known: january })).facts)).toEqual([
      'base recurring 0 −3000',
      'base recurring 0 −3000',
      'calls usage 0 −100',
    ]);
  });

  it('takes off named charges alone', () => {
    const usage = subscribed.after(applyDiscount({ catalog, terms: { charges: ['calls'] } }));
    expect(told(usage.when(bill(FEBRUARY, 1, { known: january })).facts)).toEqual([
      'base recurring 3000',
      'base recurring 3000',
      'calls usage 80 −20',
    ]);
  });
});

describe('an amount', () => {
  const cheap = aCatalog({
    plans: [aPlan({ charges: [aCharge({ price: { model: 'flat', amount: '6' } }), aUsageCharge()] })],
  });
  const discounted = given(anAccount()).after(
    createSubscription({ catalog: cheap }),
    applyDiscount({ catalog: cheap, terms: { amount: usd(10_00n) } }),
  );
  const known = readings(100);
  const bills = (through: Instant, number: number, readingsKnown = known) =>
    billAccount({ catalog: cheap, billThrough: through, invoiceId: anId('inv', number), known: readingsKnown });

  it('is spent once in a period, in the order of the lines: 6.00 of the fee, 4.00 of 10.00', () => {
    const january = discounted.after(bills(at('2026-01-01T00:00:00Z'), 1, []));
    expect(told(january.when(bills(FEBRUARY, 2)).facts)).toEqual(['base recurring 0 −600', 'calls usage 600 −400']);
  });

  it('has nothing left for what comes late', () => {
    const billed = discounted.after(bills(FEBRUARY, 1));
    const late = readings(10, { revision: 1 });
    expect(told(billed.when(bills(at('2026-02-03T00:00:00Z'), 2, [...known, ...late])).facts)).toEqual([
      'calls late_usage 100',
    ]);
  });

  it('has what another charge gives up', () => {
    const billed = discounted.after(bills(FEBRUARY, 1));
    // 15 of 31 days of the fee are owed: 2.90. So 7.10 of the amount are there for 11.00 of usage.
    const canceled = billed.after(
      cancelSubscription({ catalog: cheap, at: at('2026-01-16T00:00:00Z'), now: FEBRUARY }),
    );
    const late = readings(10, { revision: 1, at: at('2026-01-02T00:00:00Z') });
    const { facts } = canceled.when(bills(at('2026-02-03T00:00:00Z'), 2, [...known, ...late]));
    expect(told(facts).sort()).toEqual([
      'base correction 0 −-310',
      'base correction 0 −-600',
      'calls late_usage -210 −310',
    ]);
  });

  it('is there again where its invoice is void', () => {
    const billed = discounted.after(bills(FEBRUARY, 1));
    const again = billed.after(voidInvoice({ invoiceId: anId('inv', 1), catalog: cheap }));
    expect(told(again.when(bills(FEBRUARY, 2)).facts).sort()).toEqual([
      'base recurring 0 −600',
      'base recurring 0 −600',
      'calls usage 600 −400',
    ]);
  });

  it('comes after percentages, whatever was applied first: 30.00 less 10 %, less 5.00', () => {
    const both = subscribed.after(
      applyDiscount({ catalog, terms: { amount: usd(5_00n) } }),
      applyDiscount({ catalog, discountId: anId('dsc', 2), terms: { percent: '10' } }),
    );
    expect(told(both.when(bill(at('2026-01-01T00:00:00Z'), 1)).facts)).toEqual(['base recurring 2200 −500 −300']);
  });

  it.each([
    ['JPY', '1000', 1000n, money(150n, 'JPY'), 'base recurring 850 −150'],
    ['KWD', '1.005', 1005n, money(100n, 'KWD'), 'base recurring 905 −100'],
  ])('is in whole units of %s', (currency, amount, _, off, line) => {
    const own = aCatalog({ plans: [aPlan({ currency, charges: [aCharge({ price: { model: 'flat', amount } })] })] });
    const of = given(anAccount({ currency })).after(
      createSubscription({ catalog: own }),
      applyDiscount({ catalog: own, terms: { amount: off } }),
    );
    expect(told(of.when(billAccount({ catalog: own })).facts)).toEqual([line]);
  });
});

describe('how long a discount lasts', () => {
  const half = (terms: object) => subscribed.after(applyDiscount({ catalog, terms: { percent: '50', ...terms } }));
  const netOf = (state: AccountGiven, through: Instant, number = 9) => told(state.when(bill(through, number)).facts);

  it('once: on the first invoice that it takes something off, whole, and again where that is void', () => {
    const once = half({ duration: 'once' });
    const first = once.after(bill(at('2026-01-01T00:00:00Z'), 1));
    expect(netOf(once, at('2026-01-01T00:00:00Z'))).toEqual(['base recurring 1500 −1500']);
    expect(netOf(first, FEBRUARY)).toEqual(['base recurring 3000', 'calls usage 0']);
    const voided = first.after(voidInvoice({ invoiceId: anId('inv', 1), catalog }));
    expect(netOf(voided, FEBRUARY)).toEqual([
      'base recurring 1500 −1500',
      'calls usage 0',
      'base recurring 1500 −1500',
    ]);
    const waived = first.after(voidInvoice({ invoiceId: anId('inv', 1), catalog, billAgain: false }));
    expect(netOf(waived, FEBRUARY)).toEqual(['base recurring 1500 −1500', 'calls usage 0']);
  });

  it('once: what comes late of that invoice has it, too', () => {
    const once = subscribed.after(applyDiscount({ catalog, terms: { percent: '50', duration: 'once' } }));
    const first = once.after(bill(FEBRUARY, 1, { known: readings(10) }));
    const late = readings(4, { revision: 1 });
    const { facts } = first.when(bill(at('2026-02-03T00:00:00Z'), 2, { known: [...readings(10), ...late] }));
    expect(told(facts)).toEqual(['calls late_usage 20 −20']);
  });

  it('periods: so many of the plan', () => {
    const three = half({ duration: 'periods', periods: 2 }).after(bill(FEBRUARY, 1));
    expect(netOf(half({ duration: 'periods', periods: 2 }), FEBRUARY)).toEqual([
      'base recurring 1500 −1500',
      'base recurring 1500 −1500',
      'calls usage 0',
    ]);
    expect(netOf(three, MARCH)).toEqual(['base recurring 3000', 'calls usage 0']);
    // Void, they are billed again as they were: no period is used up by that.
    const voided = three.after(bill(MARCH, 2), voidInvoice({ invoiceId: anId('inv', 1), catalog, now: MARCH }));
    expect(netOf(voided, MARCH).filter((line) => line.startsWith('base'))).toEqual([
      'base recurring 1500 −1500',
      'base recurring 1500 −1500',
    ]);
  });

  it('until: of what begins before', () => {
    const state = half({ duration: 'until', ends: on('2026-02-15') });
    expect(netOf(state, APRIL).filter((line) => line.startsWith('base'))).toEqual([
      'base recurring 1500 −1500',
      'base recurring 1500 −1500',
      'base recurring 3000',
      'base recurring 3000',
    ]);
  });

  it('periods, with another plan in the middle of the last: its part has it, too, and what comes after has not', () => {
    const pro = aPlan({ key: 'pro', charges: [aCharge({ price: { model: 'flat', amount: '60' } })] });
    const both = aCatalog({ plans: [aPlan(), pro] });
    const state = given(anAccount()).after(
      createSubscription({ catalog: both }),
      applyDiscount({ catalog: both, terms: { percent: '50', duration: 'periods', periods: 3 } }),
      billAccount({ catalog: both, billThrough: MARCH }),
      changePlan({ catalog: both, plan: 'pro', at: at('2026-03-11T00:00:00Z'), now: at('2026-03-11T00:00:00Z') }),
    );
    const next = billAccount({ catalog: both, billThrough: at('2026-03-11T00:00:00Z'), invoiceId: anId('inv', 2) });
    // 10 days of 30.00 and 21 of 60.00, of 31: 50.32, and half of that. 15.00 are billed.
    const { facts } = state.when(next);
    expect(totalIn(facts)).toBe(25_16n - 15_00n);
    const april = state.after(next).when(billAccount({ catalog: both, billThrough: APRIL, invoiceId: anId('inv', 3) }));
    expect(told(april.facts)).toEqual(['base recurring 6000']);
  });

  it('named plans: the part of another one has none of it', () => {
    const pro = aPlan({ key: 'pro', charges: [aCharge({ price: { model: 'flat', amount: '60' } })] });
    const both = aCatalog({ plans: [aPlan(), pro] });
    const state = given(anAccount()).after(
      createSubscription({ catalog: both }),
      applyDiscount({ catalog: both, terms: { percent: '50', plans: ['standard'] } }),
      billAccount({ catalog: both }),
      changePlan({ catalog: both, plan: 'pro', at: at('2026-01-11T00:00:00Z'), now: at('2026-01-11T00:00:00Z') }),
    );
    // Half of 9.68 is taken off of 50.32.
    const { facts } = state.when(
      billAccount({ catalog: both, billThrough: at('2026-01-11T00:00:00Z'), invoiceId: anId('inv', 2) }),
    );
    expect(totalIn(facts)).toBe(50_32n - 4_84n - 15_00n);
  });

  it('removed: what was billed with it stays, and what comes next has it no more', () => {
    const removed = half({}).after(bill(at('2026-01-01T00:00:00Z'), 1), removeDiscount({ catalog }));
    expect(told(removed.when(bill(FEBRUARY, 2, { known: readings(10) })).facts)).toEqual([
      'base recurring 3000',
      'calls usage 50 −50',
    ]);
    const unused = half({}).after(removeDiscount({ catalog }));
    expect(netOf(unused, at('2026-01-01T00:00:00Z'))).toEqual(['base recurring 3000']);
  });
});

describe('a discounted invoice', () => {
  const discounted = subscribed.after(applyDiscount({ catalog }));

  it('bears tax on what is left, and gives back no more: 24.00 and 4.56', () => {
    const billing = bill(at('2026-01-01T00:00:00Z'), 1, { tax: VAT, invoiceId: INVOICE });
    const { facts } = discounted.when(billing);
    const finalized = facts.find(({ type }) => type === 'InvoiceFinalized')!;
    expect(finalized.data).toMatchObject({
      totals: { subtotal: usd(24_00n), tax: usd(4_56n), total: usd(28_56n) },
      taxes: [{ base: usd(24_00n), amount: usd(4_56n) }],
    });
    const note = discounted.after(billing).when(issueCreditNote(linesIn(facts), { kind: 'cancellation' }));
    expect(note.facts.find(({ type }) => type === 'CreditNoteIssued')!.data).toMatchObject({
      totals: { subtotal: usd(24_00n), tax: usd(4_56n), total: usd(28_56n) },
    });
    discounted
      .after(billing)
      .when(issueCreditNote(linesIn(facts), { amount: usd(24_01n) }))
      .thenRefused('credit_note_too_large');
  });

  it('has its tax inside of what is left: 24.00, of which 3.83', () => {
    const tax: TaxTerms = { ...VAT, settings: { ...VAT.settings, prices: 'inclusive' } };
    const { facts } = discounted.when(bill(at('2026-01-01T00:00:00Z'), 1, { tax }));
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')!.data).toMatchObject({
      totals: { subtotal: usd(20_17n), tax: usd(3_83n), total: usd(24_00n) },
    });
  });

  it('keeps what a credit note gave back of it: 10.00 of 24.00, of which 12.00 are not used', () => {
    const billing = bill(at('2026-01-01T00:00:00Z'), 1, { invoiceId: INVOICE });
    const lines = linesIn(discounted.when(billing).facts);
    const state = discounted.after(
      billing,
      issueCreditNote(lines, { amount: usd(10_00n) }),
      cancelSubscription({ catalog, at: at('2026-01-17T00:00:00Z'), now: at('2026-01-17T00:00:00Z') }),
    );
    // 16 of 31 days: 15.48 less 3.10 are owed; of 24.00, 14.00 are charged.
    expect(totalIn(state.when(bill(at('2026-01-17T00:00:00Z'), 2)).facts)).toBe(12_38n - 14_00n);
  });
});
