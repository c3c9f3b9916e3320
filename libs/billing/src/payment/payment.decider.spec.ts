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
  GRACE,
  including,
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
import { bookBalance } from '#ledger';
import { accountDecider } from '../account/account.decider.js';
import type { Account } from '../account/account.state.js';
import { amountDue } from '../invoice/invoice.js';

const given = givenFor(accountDecider);
const PAYMENT = anId('pay');
const SECOND = anId('pay', 2);
const NEXT = anId('inv', 2);
const FEBRUARY = at('2026-02-01T00:00:00Z');

/** 30.00 for January, due on 31 January. */
const billed = given(anAccount()).after(createSubscription(), billAccount());
const writeOff = { type: 'MarkInvoiceUncollectible', invoiceId: INVOICE, bookedOn: on('2026-02-10') } as const;

/** What is owed on which invoices. */
const owedIn = ({ invoices }: Account): Record<string, bigint> =>
  Object.fromEntries(
    [...invoices.values()].flatMap((invoice) => {
      const { minor } = amountDue(invoice);
      return minor === 0n ? [] : [[invoice.id, minor]];
    }),
  );

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
    const issueDate = billed.state.invoices.get(INVOICE)!.issued!.issueDate;
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

  it('makes an invoice overdue whose day has passed while it counted as paid', () => {
    const dueOn = on('2026-01-31');
    const overdue = { type: 'InvoiceOverdue', data: { invoiceId: INVOICE, dueOn } };
    const reversed = (bookedOn: string) => paid.when(reversePayment({ bookedOn: on(bookedOn) })).facts;
    expect(reversed('2026-01-31')).not.toContainEqual(overdue);
    expect(reversed('2026-02-01')).toContainEqual(overdue);
    const known = billed.after({ type: 'MarkInvoiceOverdue', invoiceId: INVOICE }, receivePayment());
    expect(known.state.invoices.get(INVOICE)).toMatchObject({ status: 'paid', overdue: false });
    expect(known.when(reversePayment({ bookedOn: on('2026-02-01') })).facts).toContainEqual(overdue);
    const part = billed.after(
      { type: 'MarkInvoiceOverdue', invoiceId: INVOICE },
      receivePayment({ amount: usd(10_00n) }),
    );
    expect(part.when(reversePayment({ bookedOn: on('2026-02-01') })).facts).not.toContainEqual(overdue);
  });

  it('sets the timer of an invoice that is not overdue yet anew', () => {
    expect(paid.when(reversePayment()).facts).toContainEqual(
      including('InvoiceReopened', {
        invoiceId: INVOICE,
        bookedOn: '2026-01-25',
        amountDue: usd(30_00n),
        timer: { key: `overdue:${INVOICE}`, dueAt: '2026-02-01T00:00:00Z', generation: 2 },
      }),
    );
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

  it('is recorded also where its credit has paid another invoice: both are owed again', () => {
    const used = paid.after(billAccount({ invoiceId: NEXT, billThrough: FEBRUARY }));
    expect(amountDue(used.state.invoices.get(NEXT)!)).toEqual(usd(15_00n));
    const { facts, state } = used.when(reversePayment({ bookedOn: on('2026-02-05') }));
    expect(facts[0]).toMatchObject({
      type: 'CustomerCreditUnapplied',
      data: { invoiceId: NEXT, amount: usd(15_00n), sources: [{ cause: { type: 'payment', id: PAYMENT } }] },
    });
    expect(transfersIn(facts)).toEqual([
      'receivable customer_credit 1500',
      'receivable cash 3000',
      'customer_credit cash 1500',
    ]);
    expect(owedIn(state)).toEqual({ [INVOICE]: 30_00n, [NEXT]: 30_00n });
    expect(state.invoices.get(INVOICE)).toMatchObject({ status: 'open', overdue: true });
    expect(state.invoices.get(NEXT)).toMatchObject({ status: 'open', overdue: false });
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(0n);
    expect(bookBalance(state.book, 'receivable', 'USD')).toBe(60_00n);
  });

  it('leaves the credit of others where it is', () => {
    const both = paid.after(
      receivePayment({ paymentId: SECOND, allocate: 'none', amount: usd(10_00n) }),
      billAccount({ invoiceId: NEXT, billThrough: FEBRUARY }),
    );
    expect(owedIn(both.state)).toEqual({ [NEXT]: 5_00n });
    expect(owedIn(both.when(reversePayment()).state)).toEqual({ [INVOICE]: 30_00n, [NEXT]: 20_00n });
    expect(owedIn(both.when(reversePayment({ paymentId: SECOND })).state)).toEqual({ [NEXT]: 15_00n });
    expect(owedIn(both.after(reversePayment()).when(reversePayment({ paymentId: SECOND })).state)).toEqual({
      [INVOICE]: 30_00n,
      [NEXT]: 30_00n,
    });
  });

  it('lets credit that is there settle what is owed again, the oldest due first', () => {
    const rich = paid.after(receivePayment({ paymentId: SECOND, allocate: 'oldest_due', amount: usd(100_00n) }));
    const { facts, state } = rich.when(reversePayment());
    expect(transfersIn(facts)).toEqual([
      'receivable cash 3000',
      'customer_credit cash 1500',
      'customer_credit receivable 3000',
    ]);
    expect(facts.map(({ type }) => type)).not.toContain('InvoiceReopened');
    expect(state.invoices.get(INVOICE)).toMatchObject({ status: 'paid', amountCredited: usd(30_00n) });
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(70_00n);
  });

  it('is given up with what it settled where that was written off', () => {
    const { facts, state } = billed
      .after(receivePayment({ amount: usd(10_00n) }), writeOff)
      .when(reversePayment({ bookedOn: on('2026-02-12') }));
    expect(facts).toContainEqual(including('InvoiceMarkedUncollectible', { amountDue: usd(10_00n) }));
    expect(transfersIn(facts)).toEqual(['receivable cash 1000', 'bad_debt receivable 1000']);
    expect(state.invoices.get(INVOICE)).toMatchObject({ status: 'uncollectible' });
    expect(bookBalance(state.book, 'bad_debt', 'USD')).toBe(30_00n);
    expect(bookBalance(state.book, 'receivable', 'USD')).toBe(0n);
  });

  it('leaves what was written off so, where credit takes its place', () => {
    const { facts, state } = billed
      .after(
        receivePayment({ amount: usd(10_00n) }),
        writeOff,
        receivePayment({ paymentId: SECOND, allocate: 'oldest_due', amount: usd(10_00n) }),
      )
      .when(reversePayment({ bookedOn: on('2026-02-12') }));
    expect(facts.map(({ type }) => type)).not.toContain('InvoicePaid');
    expect(transfersIn(facts)).toEqual(['receivable cash 1000', 'customer_credit receivable 1000']);
    expect(state.invoices.get(INVOICE)).toMatchObject({ status: 'uncollectible', amountCredited: usd(10_00n) });
    expect(bookBalance(state.book, 'bad_debt', 'USD')).toBe(20_00n);
    expect(bookBalance(state.book, 'receivable', 'USD')).toBe(0n);
  });

  it('is recorded on a closed account, which then takes what is owed again', () => {
    const canceled = cancelSubscription({ credit: 'none', now: at('2026-01-05T00:00:00Z') });
    const closed = billed.after(receivePayment(), canceled, { type: 'CloseAccount', unbilled: false });
    expect(owedIn(closed.when(reversePayment()).state)).toEqual({ [INVOICE]: 30_00n });
    expect(owedIn(closed.after(reversePayment()).when(receivePayment({ paymentId: SECOND })).state)).toEqual({});
  });
});

describe('a payment to an account', () => {
  const three = billed.after(
    billAccount({ invoiceId: NEXT, billThrough: FEBRUARY, issueDate: on('2026-02-01'), now: FEBRUARY }),
  );
  const pay = (parts: Parameters<typeof receivePayment>[0]) =>
    receivePayment({ allocate: 'oldest_due', receivedOn: on('2026-02-10'), ...parts });

  it('settles what is open, the oldest due first', () => {
    expect(three.when(pay({ amount: usd(40_00n) })).facts).toEqual(
      expect.arrayContaining([
        including('PaymentAllocated', { invoiceId: INVOICE, amount: usd(30_00n) }),
        including('PaymentAllocated', { invoiceId: NEXT, amount: usd(10_00n) }),
        including('InvoicePaid', { invoiceId: INVOICE, paidOn: '2026-02-10' }),
      ]),
    );
    const { state } = three.when(pay({ amount: usd(70_00n) }));
    expect(owedIn(state)).toEqual({});
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(10_00n);
  });

  it('settles the invoices that it names, and with the rest what else is open', () => {
    const named = { allocations: [{ invoiceId: NEXT, amount: usd(20_00n) }], amount: usd(45_00n) };
    expect(owedIn(three.when(pay(named)).state)).toEqual({ [INVOICE]: 5_00n, [NEXT]: 10_00n });
    expect(owedIn(three.when(pay({ ...named, allocate: 'none' })).state)).toEqual({
      [INVOICE]: 30_00n,
      [NEXT]: 10_00n,
    });
    const both = { allocations: [{ invoiceId: NEXT }, { invoiceId: INVOICE }], amount: usd(45_00n) };
    expect(owedIn(three.when(pay(both)).state)).toEqual({ [INVOICE]: 15_00n });
  });

  it('for one invoice leaves its rest to the others', () => {
    const { facts, state } = three.when(receivePayment({ amount: usd(50_00n), receivedOn: on('2026-02-10') }));
    expect(transfersIn(facts)).toEqual([
      'cash receivable 3000',
      'cash customer_credit 2000',
      'customer_credit receivable 2000',
    ]);
    expect(owedIn(state)).toEqual({ [NEXT]: 10_00n });
  });

  it('waits for the next invoice where nothing is to be allocated, or until it is applied', () => {
    const waiting = three.after(pay({ allocate: 'none', amount: usd(40_00n) }));
    expect(owedIn(waiting.state)).toEqual({ [INVOICE]: 30_00n, [NEXT]: 30_00n });
    const more = waiting.when(pay({ paymentId: SECOND, amount: usd(31_00n) }));
    expect(owedIn(more.state)).toEqual({ [NEXT]: 29_00n });
    const march = billAccount({ invoiceId: anId('inv', 3), billThrough: at('2026-03-01T00:00:00Z') });
    expect(owedIn(waiting.when(march).state)).toEqual({ [INVOICE]: 30_00n, [NEXT]: 30_00n });
    expect(owedIn(waiting.when(applyCredit()).state)).toEqual({ [NEXT]: 20_00n });
    waiting.after(applyCredit()).when(applyCredit()).thenNothing();
    const named = applyCredit({ allocations: [{ invoiceId: NEXT, amount: usd(5_00n) }] });
    expect(owedIn(waiting.when(named).state)).toEqual({ [INVOICE]: 30_00n, [NEXT]: 25_00n });
  });

  it.each([
    [{ allocations: [{ invoiceId: anId('inv', 9) }] }, 'invoice_not_found', '/allocations/0/invoiceId'],
    [{ allocations: [{ invoiceId: NEXT }, { invoiceId: NEXT }] }, 'duplicate_allocation', '/allocations/1/invoiceId'],
    [
      { allocations: [{ invoiceId: NEXT, amount: usd(30_01n) }] },
      'allocation_exceeds_due',
      '/allocations/0/amount/amount',
    ],
    [{ allocations: [{ invoiceId: NEXT, amount: usd(0n) }] }, 'amount_not_positive', '/allocations/0/amount/amount'],
    [
      { allocations: [{ invoiceId: NEXT, amount: { minor: 1n, currency: 'EUR' } }] },
      'currency_mismatch',
      '/allocations/0/amount/currency',
    ],
    [
      {
        amount: usd(45_00n),
        allocations: [
          { invoiceId: NEXT, amount: usd(30_00n) },
          { invoiceId: INVOICE, amount: usd(20_00n) },
        ],
      },
      'allocations_exceed_amount',
      '/allocations/1/amount',
    ],
    [{ receivedOn: on('2099-01-01') }, 'date_in_future', '/receivedOn'],
    [{ receivedOn: on('2027-01-02') }, 'date_in_future', '/receivedOn'],
    [{ receivedOn: on('2016-12-31') }, 'date_too_long_ago', '/receivedOn'],
    [{ method: 'customer_credit' }, 'method_reserved', '/method'],
    [{ method: 'Receivable' }, 'method_reserved', '/method'],
  ])('is refused for %j', (parts, code, pointer) => {
    three.when(pay({ amount: usd(60_00n), ...parts })).thenRefused(code, pointer);
  });

  it('comes in on a day of the books or of the account, whichever is later', () => {
    const lateEvening = { now: at('2026-02-10T23:00:00Z'), receivedOn: on('2026-02-11') };
    three.when(pay(lateEvening)).thenRefused('date_in_future', '/receivedOn');
    expect(three.when(pay({ ...lateEvening, timeZone: 'Europe/Berlin' })).facts).toHaveLength(4);
    three
      .when(pay({ receivedOn: on('2017-01-01'), method: 'cash' }))
      .then(
        like('PaymentReceived'),
        like('PaymentAllocated', { bookedOn: '2026-01-01' }),
        booked('cash', 'customer_credit', usd(30_00n)),
        booked('customer_credit', 'receivable', usd(30_00n)),
        like('InvoicePaid', { paidOn: '2026-01-01' }),
      );
  });

  it('never settles what another payment settled on that day', () => {
    const bounced = billed.after(receivePayment(), reversePayment({ bookedOn: on('2026-01-25') }));
    const { facts } = bounced.when(receivePayment({ paymentId: SECOND, receivedOn: on('2026-01-22') }));
    expect(facts).toContainEqual(including('PaymentAllocated', { bookedOn: '2026-01-25' }));
    expect(transfersIn(facts)).toEqual(['cash customer_credit 3000', 'customer_credit receivable 3000']);
  });
});
