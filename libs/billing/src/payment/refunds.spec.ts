import {
  anAccount,
  anId,
  applyCredit,
  at,
  billAccount,
  booked,
  cancelSubscription,
  createSubscription,
  givenFor,
  including,
  INVOICE,
  like,
  on,
  receivePayment,
  refundCredit,
  refundPayment,
  reversePayment,
  transfersIn,
  usd,
  voidInvoice,
} from '#testing';
import type { AccountFact } from '#contracts';
import { bookBalance } from '#ledger';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { amountDue } from '../invoice/invoice.js';

const given = givenFor(accountDecider);
const PAYMENT = anId('pay');
const NEXT = anId('inv', 2);
const JANUARY_16 = at('2026-01-16T00:00:00Z');

const billed = given(anAccount()).after(createSubscription(), billAccount());
/** 30.00 are paid, 15.48 of them for days that are not served. */
const ended = billed.after(
  receivePayment(),
  cancelSubscription({ now: JANUARY_16 }),
  billAccount({ invoiceId: NEXT, billThrough: JANUARY_16, issueDate: on('2026-01-16'), now: JANUARY_16 }),
);
/** 30.00 settle the invoice, 50.00 are credit. */
const overpaid = billed.after(receivePayment({ amount: usd(80_00n) }));

describe('a refund of credit', () => {
  it('pays it out, and then the account closes', () => {
    ended.when({ type: 'CloseAccount', unbilled: false }).thenRefused('account_book_not_even');
    ended.when(refundCredit({ reason: 'left' })).then(
      {
        type: 'RefundIssued',
        data: {
          refundId: anId('rfd'),
          amount: usd(15_48n),
          sources: [{ cause: { type: 'invoice', id: NEXT }, amount: usd(15_48n) }],
          allocations: [],
          reason: 'left',
          bookedOn: on('2026-02-10'),
        },
      },
      booked('customer_credit', 'cash', usd(15_48n)),
    );
    ended.after(refundCredit()).when({ type: 'CloseAccount', unbilled: false }).then(like('AccountClosed'));
  });

  it('pays a part out, and never more than there is', () => {
    const part = ended.after(refundCredit({ amount: usd(5_48n) }));
    expect(bookBalance(part.state.book, 'customer_credit', 'USD')).toBe(10_00n);
    part.when(refundCredit({ amount: usd(5_48n) })).thenNothing();
    const second = { refundId: anId('rfd', 2) };
    part
      .when(refundCredit({ ...second, amount: usd(10_01n) }))
      .thenRefused('exceeds_customer_credit', '/amount/amount');
    part.when(refundCredit({ ...second, amount: usd(0n) })).thenRefused('amount_not_positive', '/amount/amount');
    part
      .when(refundCredit({ ...second, amount: { minor: 1n, currency: 'EUR' } }))
      .thenRefused('currency_mismatch', '/amount/currency');
    part
      .after(refundCredit(second))
      .when(refundCredit({ refundId: anId('rfd', 3) }))
      .thenRefused('no_customer_credit');
    given().when(refundCredit()).thenRefused('account_not_found');
  });

  it('pays out credit that waits', () => {
    const waiting = billed.after(receivePayment({ allocate: 'none' }));
    expect(transfersIn(waiting.when(refundCredit()).facts)).toEqual(['customer_credit cash 3000']);
    waiting.after(refundCredit()).when(applyCredit()).thenNothing();
  });
});

describe('a refund of a payment', () => {
  it('comes out of the credit that it left', () => {
    const { facts, state } = overpaid.when(refundPayment());
    expect(facts[0]).toMatchObject({ data: { paymentId: PAYMENT, amount: usd(50_00n), allocations: [] } });
    expect(transfersIn(facts)).toEqual(['customer_credit cash 5000']);
    expect(state.payments.get(PAYMENT)).toMatchObject({ amountRefunded: usd(50_00n) });
    expect(state.refunds.get(anId('rfd'))).toMatchObject({ fromCredit: usd(50_00n), paymentId: PAYMENT });
    overpaid.after(refundPayment()).when(refundPayment()).thenNothing();
  });

  it('comes out of other credit, such as that of days that are not served', () => {
    expect(transfersIn(ended.when(refundPayment()).facts)).toEqual(['customer_credit cash 1548']);
  });

  it('leaves invoices settled unless it is asked to open them', () => {
    overpaid.when(refundPayment({ amount: usd(50_01n) })).thenRefused('payment_settles_invoices');
    billed.after(receivePayment()).when(refundPayment()).thenRefused('payment_settles_invoices');
    const { facts, state } = overpaid.when(refundPayment({ amount: usd(60_00n), reopenInvoices: true }));
    expect(transfersIn(facts)).toEqual(['customer_credit cash 5000', 'receivable cash 1000']);
    expect(facts).toContainEqual(including('InvoiceReopened', { amountDue: usd(10_00n) }));
    expect(state.invoices.get(INVOICE)).toMatchObject({ status: 'open', amountPaid: usd(20_00n), overdue: true });
    expect(state.payments.get(PAYMENT)!.allocations).toEqual([{ invoiceId: INVOICE, amount: usd(20_00n) }]);
  });

  it('opens what its credit had settled before what it settled itself', () => {
    const used = overpaid.after(billAccount({ invoiceId: NEXT, billThrough: at('2026-02-01T00:00:00Z') }));
    const { facts, state } = used.when(refundPayment({ amount: usd(55_00n), reopenInvoices: true }));
    expect(transfersIn(facts)).toEqual([
      'receivable customer_credit 3000',
      'customer_credit cash 5000',
      'receivable cash 500',
    ]);
    expect(amountDue(state.invoices.get(NEXT)!)).toEqual(usd(30_00n));
    expect(amountDue(state.invoices.get(INVOICE)!)).toEqual(usd(5_00n));
    expect(bookBalance(state.book, 'receivable', 'USD')).toBe(35_00n);
  });

  it('lets an invoice be voided whose money went back whole', () => {
    const back = billed.after(receivePayment(), refundPayment({ reopenInvoices: true }));
    back.when(voidInvoice()).then(like('InvoiceVoided'), booked('deferred_revenue', 'receivable', usd(30_00n)));
  });

  it('is at most what is left of it', () => {
    const part = overpaid.after(refundPayment({ amount: usd(50_00n) }));
    const second = { refundId: anId('rfd', 2), reopenInvoices: true };
    part
      .when(refundPayment({ ...second, amount: usd(30_01n) }))
      .thenRefused('refund_exceeds_payment', '/amount/amount');
    part
      .after(refundPayment(second))
      .when(refundPayment({ ...second, refundId: anId('rfd', 3) }))
      .thenRefused('payment_refunded');
    overpaid.after(reversePayment()).when(refundPayment()).thenRefused('payment_reversed');
    overpaid.when(refundPayment({ paymentId: anId('pay', 9) })).thenRefused('payment_not_found');
  });

  it('and the bank’s reversal after it leave the customer owing what went out twice', () => {
    const twice = overpaid.after(refundPayment(), reversePayment({ bookedOn: on('2026-02-12') }));
    expect(bookBalance(twice.state.book, 'cash', 'USD')).toBe(-50_00n);
    expect(bookBalance(twice.state.book, 'customer_credit', 'USD')).toBe(-50_00n);
    expect(bookBalance(twice.state.book, 'receivable', 'USD')).toBe(30_00n);
    const repaid = twice.after(receivePayment({ paymentId: anId('pay', 2), amount: usd(80_00n) }));
    expect(bookBalance(repaid.state.book, 'customer_credit', 'USD')).toBe(0n);
    expect(bookBalance(repaid.state.book, 'receivable', 'USD')).toBe(0n);
  });
});

/** In the evening of the books' 10 February it is the 11th for the account, and money is dated so. */
describe('what is paid back of money of the account’s next day', () => {
  const EVENING = { now: at('2026-02-10T23:00:00Z') };
  const NEXT_DAY = on('2026-02-11');
  const late = given(anAccount({ timeZone: 'Asia/Tokyo' })).after(
    createSubscription(),
    billAccount(),
    receivePayment({ ...EVENING, amount: usd(80_00n), receivedOn: NEXT_DAY }),
  );
  const daysIn = (facts: readonly AccountFact[]): unknown =>
    new Set(facts.flatMap(({ data }) => ('bookedOn' in data ? [data.bookedOn] : [])));

  it.each([
    ['of credit', refundCredit(EVENING)],
    ['of what it left', refundPayment(EVENING)],
    ['of what it settled, too', refundPayment({ ...EVENING, reopenInvoices: true })],
    ['by the bank', reversePayment({ ...EVENING, bookedOn: on('2026-02-10') })],
  ])('%s is not booked before that came in', (_, command) => {
    const { facts } = late.when(command);
    expect(transfersIn(facts)).not.toEqual([]);
    expect(daysIn(facts)).toEqual(new Set([NEXT_DAY]));
  });

  it('comes off an invoice that it had settled on that day', () => {
    const used = late.after(
      billAccount({ invoiceId: NEXT, billThrough: at('2026-02-01T00:00:00Z'), issueDate: on('2026-02-10') }),
    );
    for (const command of [
      refundPayment({ ...EVENING, amount: usd(40_00n), reopenInvoices: true }),
      reversePayment({ ...EVENING, bookedOn: on('2026-02-10') }),
    ]) {
      const { facts } = used.when(command);
      expect(facts[0]).toMatchObject({ type: 'CustomerCreditUnapplied', data: { invoiceId: NEXT } });
      expect(daysIn(facts)).toEqual(new Set([NEXT_DAY]));
    }
  });
});
