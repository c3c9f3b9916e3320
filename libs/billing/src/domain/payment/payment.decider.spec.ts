import {
  anAccount,
  anId,
  at,
  billAccount,
  booked,
  createSubscription,
  givenFor,
  GRACE,
  INVOICE,
  like,
  on,
  receivePayment,
  reversePayment,
  transfersIn,
  usd,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);
const PAYMENT = anId('pay');
const SECOND = anId('pay', 2);
const FEBRUARY = at('2026-02-01T00:00:00Z');

/** 30.00 for January, due on 31 January. */
const billed = given(anAccount()).after(createSubscription(), billAccount());
const writeOff = { type: 'MarkInvoiceUncollectible', invoiceId: INVOICE, bookedOn: on('2026-02-10') } as const;

describe('a payment', () => {
  it('of what is due settles the invoice', () => {
    billed
      .when(receivePayment({ reference: 'RF18' }))
      .then(
        like('PaymentReceived', { paymentId: PAYMENT, amount: usd(30_00n), method: 'manual', reference: 'RF18' }),
        like('PaymentAllocated', { invoiceId: INVOICE, amount: usd(30_00n), bookedOn: '2026-01-20' }),
        booked('cash', 'receivable', usd(30_00n)),
        { type: 'InvoicePaid', data: { invoiceId: INVOICE, paidOn: on('2026-01-20') } },
      );
  });

  it('of a part leaves the rest due', () => {
    const part = billed.after(receivePayment({ amount: usd(29_99n) }));
    part
      .when(receivePayment({ paymentId: SECOND, amount: usd(1n) }))
      .then(
        like('PaymentReceived'),
        like('PaymentAllocated', { amount: usd(1n) }),
        booked('cash', 'receivable', usd(1n)),
        like('InvoicePaid'),
      );
    expect(part.state.invoices.get(INVOICE)).toMatchObject({ status: 'open', amountPaid: usd(29_99n) });
  });

  it('beyond what is due is the customer’s credit', () => {
    const { facts } = billed.when(receivePayment({ amount: usd(45_00n) }));
    expect(facts).toContainEqual(
      expect.objectContaining({ type: 'CustomerCreditAdded', data: expect.objectContaining({ amount: usd(15_00n) }) }),
    );
    expect(transfersIn(facts)).toEqual(['cash receivable 3000', 'cash customer_credit 1500']);
  });

  it('that came before the invoice was issued is the customer’s until that day', () => {
    const early = billed.when(receivePayment({ amount: usd(45_00n), receivedOn: on('2025-12-30') }));
    const issueDate = billed.state.invoices.get(INVOICE)!.issueDate;
    expect(early.facts.filter(({ type }) => type === 'TransferPosted')).toMatchObject([
      { data: { debit: 'cash', credit: 'customer_credit', amount: usd(45_00n), bookedOn: '2025-12-30' } },
      { data: { debit: 'customer_credit', credit: 'receivable', amount: usd(30_00n), bookedOn: issueDate } },
    ]);
    const paid = billed.after(receivePayment({ amount: usd(45_00n), receivedOn: on('2025-12-30') }));
    expect(paid.state.invoices.get(INVOICE)).toMatchObject({ status: 'paid', amountPaid: usd(30_00n) });
    expect(transfersIn(paid.when(reversePayment()).facts)).toEqual([
      'receivable cash 3000',
      'customer_credit cash 1500',
    ]);
  });

  it('is taken once, whatever is asked later under its id', () => {
    const paid = billed.after(receivePayment());
    paid.when(receivePayment()).thenNothing();
    paid.when(receivePayment({ amount: usd(1n), invoiceId: anId('inv', 9) })).thenNothing();
  });

  it('is not taken for what is not an open invoice', () => {
    billed.when(receivePayment({ invoiceId: anId('inv', 9) })).thenRefused('invoice_not_found');
    billed
      .after(receivePayment())
      .when(receivePayment({ paymentId: SECOND }))
      .thenRefused('invoice_not_open');
    billed.after(voidInvoice()).when(receivePayment()).thenRefused('invoice_not_open');
    billed.after(writeOff).when(receivePayment()).thenRefused('invoice_not_open');
    given(anAccount())
      .after(createSubscription(), billAccount({ policy: GRACE }))
      .when(receivePayment())
      .thenRefused('invoice_not_open');
    given().when(receivePayment()).thenRefused('account_not_found');
  });

  it('is in the account’s currency, and above zero', () => {
    billed
      .when(receivePayment({ amount: { minor: 30_00n, currency: 'EUR' } }))
      .thenRefused('currency_mismatch', '/amount/currency');
    for (const minor of [0n, -1n]) {
      billed.when(receivePayment({ amount: usd(minor) })).thenRefused('amount_not_positive', '/amount/amount');
    }
  });
});

describe('a payment that is reversed', () => {
  const paid = billed.after(receivePayment({ amount: usd(45_00n) }));

  it('leaves what it settled due again, and takes its credit back', () => {
    const { facts, state } = paid.when(reversePayment({ reason: 'bounced' }));
    expect(facts[0]).toMatchObject({
      type: 'PaymentReversed',
      data: {
        reason: 'bounced',
        allocations: [{ invoiceId: INVOICE, amount: usd(30_00n) }],
        credit: usd(15_00n),
        bookedOn: '2026-01-25',
      },
    });
    expect(transfersIn(facts)).toEqual(['receivable cash 3000', 'customer_credit cash 1500']);
    expect(state.invoices.get(INVOICE)).toMatchObject({ status: 'open', amountPaid: usd(0n) });
  });

  it('makes an invoice overdue whose day has passed while it counted as paid, once', () => {
    const dueOn = on('2026-01-31');
    const overdue = { type: 'InvoiceOverdue', data: { invoiceId: INVOICE, dueOn } };
    const reversed = (bookedOn: string) => paid.when(reversePayment({ bookedOn: on(bookedOn) })).facts;
    expect(reversed('2026-01-31')).not.toContainEqual(overdue);
    expect(reversed('2026-02-01')).toContainEqual(overdue);
    const known = billed.after({ type: 'MarkInvoiceOverdue', invoiceId: INVOICE }, receivePayment());
    expect(known.when(reversePayment({ bookedOn: on('2026-02-01') })).facts).not.toContainEqual(overdue);
  });

  it('stays reversed', () => {
    paid
      .after(reversePayment())
      .when(reversePayment({ reason: 'again' }))
      .thenNothing();
  });

  it('is one that there is', () => {
    paid.when(reversePayment({ paymentId: SECOND })).thenRefused('payment_not_found');
    given().when(reversePayment()).thenRefused('account_not_found');
  });

  it('is refused once its credit has paid another invoice', () => {
    paid
      .after(billAccount({ invoiceId: anId('inv', 2), billThrough: FEBRUARY }))
      .when(reversePayment())
      .thenRefused('customer_credit_already_used');
  });

  it('is refused once what it settled was written off', () => {
    billed
      .after(receivePayment({ amount: usd(10_00n) }), writeOff)
      .when(reversePayment())
      .thenRefused('invoice_not_open');
  });
});
