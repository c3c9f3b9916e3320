import { bookBalance } from '#ledger';
import {
  anAccount,
  anId,
  at,
  billAccount,
  createSubscription,
  givenFor,
  INVOICE,
  issueCreditNote,
  on,
  receivePayment,
  refundPayment,
  reversePayment,
  transfersIn,
  usd,
  voidCreditNote,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { Account } from '../account/account.state.js';
import { allLines, amountDue } from '../invoice/invoice.js';

const given = givenFor(accountDecider);
const SECOND = anId('pay', 2);
const billed = given(anAccount()).after(createSubscription(), billAccount());

const lotsOf = ({ credits }: Account): bigint => [...credits.values()].reduce((total, { left }) => total + left, 0n);

describe('credit of one payment that came to an invoice in two steps', () => {
  const early = { receivedOn: on('2026-01-01'), allocate: 'oldest_due' } as const;
  /** 30.00 are due: 0.01 of the first payment and 29.99 of the second settle them, and later 0.01 more of the second. */
  const settledTwice = given(anAccount()).after(
    createSubscription(),
    receivePayment({ ...early, amount: usd(1n) }),
    receivePayment({ ...early, paymentId: SECOND, amount: usd(30_00n) }),
    billAccount(),
    reversePayment(),
  );

  it('is all taken off when the payment bounces', () => {
    expect(settledTwice.state.invoices.get(INVOICE)!.creditSources).toEqual([
      { cause: { type: 'payment', id: SECOND }, amount: usd(30_00n) },
    ]);
    const { facts, state } = settledTwice.when(reversePayment({ paymentId: SECOND }));
    expect(transfersIn(facts)).toEqual(['receivable customer_credit 3000', 'customer_credit cash 3000']);
    expect(amountDue(state.invoices.get(INVOICE)!)).toEqual(usd(30_00n));
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(0n);
  });

  it('is all paid back where that is asked for', () => {
    const { facts, state } = settledTwice.when(
      refundPayment({ paymentId: SECOND, amount: usd(30_00n), reopenInvoices: true }),
    );
    expect(transfersIn(facts)).toEqual(['receivable customer_credit 3000', 'customer_credit cash 3000']);
    expect(amountDue(state.invoices.get(INVOICE)!)).toEqual(usd(30_00n));
  });
});

describe('what went out twice', () => {
  /** 30.00 settled the invoice, were paid back, and bounced: the customer owes them, and the invoice. */
  const twice = billed.after(
    receivePayment(),
    refundPayment({ reopenInvoices: true }),
    reversePayment({ bookedOn: on('2026-02-12') }),
  );
  const waits = { paymentId: SECOND, allocate: 'none', receivedOn: on('2026-02-11') } as const;

  it('is missing from the credit', () => {
    expect(bookBalance(twice.state.book, 'customer_credit', 'USD')).toBe(-30_00n);
    expect(lotsOf(twice.state)).toBe(-30_00n);
  });

  it('is made up for before anything is credit', () => {
    const madeUp = twice.after(receivePayment({ ...waits, amount: usd(30_00n) }));
    expect([...madeUp.state.credits.values()].map(({ left }) => left)).toEqual([0n, 0n]);
    const beyond = twice.after(receivePayment({ ...waits, amount: usd(50_00n) }));
    expect(beyond.state.credits.get(SECOND)).toMatchObject({ left: 20_00n, since: on('2026-02-12') });
  });

  it('is not made up for by a credit note, whose credit settles its own invoice first', () => {
    const { facts } = given(anAccount()).after(createSubscription()).when(billAccount());
    const lines = facts.flatMap(({ type, data }) => (type === 'InvoiceLinesAdded' ? allLines(data) : []));
    const noted = twice.after(issueCreditNote(lines, { bookedOn: on('2026-02-13') }));
    const invoice = noted.state.invoices.get(INVOICE)!;
    expect(invoice.creditSources).toEqual([{ cause: { type: 'credit_note', id: anId('crn') }, amount: usd(5_00n) }]);
    expect(amountDue(invoice)).toEqual(usd(25_00n));
    expect(lotsOf(noted.state)).toBe(-30_00n);
    expect(bookBalance(noted.state.book, 'customer_credit', 'USD')).toBe(-30_00n);
    const back = noted.after(voidCreditNote({ bookedOn: on('2026-02-14') }));
    expect(amountDue(back.state.invoices.get(INVOICE)!)).toEqual(usd(30_00n));
    expect(lotsOf(back.state)).toBe(-30_00n);
    expect(bookBalance(back.state.book, 'customer_credit', 'USD')).toBe(-30_00n);
  });

  it('keeps no credit that comes later from what is owed', () => {
    const madeUp = twice.after(receivePayment({ ...waits, amount: usd(30_00n) }));
    const order = {
      transferId: anId('tfr'),
      debit: 'promotional_discount',
      credit: 'customer_credit',
      amount: usd(20_00n),
      flags: [],
    } as const;
    const { facts, state } = madeUp.when({
      type: 'SubmitTransfers',
      orders: [order],
      bookedOn: on('2026-02-13'),
      timeZone: 'UTC',
      now: at('2026-02-13T00:00:00Z'),
    });
    expect(transfersIn(facts)).toEqual([
      'promotional_discount customer_credit 2000',
      'customer_credit receivable 2000',
    ]);
    expect(amountDue(state.invoices.get(INVOICE)!)).toEqual(usd(10_00n));
  });
});
