import type { AccountFact } from '#contracts';
import {
  anAccount,
  anId,
  at,
  billAccount,
  booked,
  cancelSubscription,
  createSubscription,
  finalizeInvoice,
  givenFor,
  GRACE,
  INVOICE,
  like,
  on,
  receivePayment,
  refundCredit,
  SERIES,
  SUBSCRIPTION,
  transfersIn,
  usd,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';

const given = givenFor(accountDecider);
const FEBRUARY = at('2026-02-01T00:00:00Z');
const SECOND = anId('inv', 2);

const subscribed = given(anAccount()).after(createSubscription());
/** 30.00 for January. */
const billed = subscribed.after(billAccount());
const draft = subscribed.after(billAccount({ policy: GRACE }));
const writeOff = { type: 'MarkInvoiceUncollectible', invoiceId: INVOICE, bookedOn: on('2026-02-10') } as const;
const number = { type: 'NumberInvoice', invoiceId: INVOICE, seriesId: SERIES, sequence: 1, number: 'INV-1' } as const;
const overdue = { type: 'MarkInvoiceOverdue', invoiceId: INVOICE } as const;

describe('a draft', () => {
  it('is issued once', () => {
    const { facts } = draft.when(finalizeInvoice());
    expect(facts.map(({ type }) => type)).toEqual(['InvoiceFinalized', 'TransferPosted', 'BillingAdvanced']);
    expect(transfersIn(facts)).toEqual(['receivable deferred_revenue 3000']);
    draft.after(finalizeInvoice()).when(finalizeInvoice()).thenNothing();
    draft.after(finalizeInvoice(), receivePayment()).when(finalizeInvoice()).thenNothing();
  });

  it('is not issued before all of it is written', () => {
    const facts = subscribed.when(billAccount({ policy: GRACE })).facts;
    const half = facts.map((fact): AccountFact =>
      fact.type === 'InvoiceDrafted' || fact.type === 'InvoiceLinesAdded'
        ? ({ ...fact, data: { ...fact.data, chunks: 2 } } as AccountFact)
        : fact,
    );
    subscribed.and(half).when(finalizeInvoice()).thenRefused('invoice_draft_incomplete');
  });

  it('is not voided, written off or overdue', () => {
    draft.when(voidInvoice()).thenRefused('invoice_not_finalized');
    draft.when(writeOff).thenRefused('invoice_not_open');
    draft.when(overdue).thenNothing();
  });
});

describe('an invoice', () => {
  it('is numbered once', () => {
    billed.when(number).then({
      type: 'InvoiceNumbered',
      data: { invoiceId: INVOICE, seriesId: SERIES, sequence: 1, number: 'INV-1' },
    });
    billed
      .after(number)
      .when({ ...number, sequence: 2, number: 'INV-2' })
      .thenNothing();
  });

  it('becomes overdue once, while it is open', () => {
    billed.when(overdue).then({ type: 'InvoiceOverdue', data: { invoiceId: INVOICE, dueOn: on('2026-01-31') } });
    billed.after(overdue).when(overdue).thenNothing();
    billed.after(receivePayment()).when(overdue).thenNothing();
    billed.after(voidInvoice()).when(overdue).thenNothing();
  });

  it('is voided by reversing what it booked, and what it billed is due again', () => {
    billed.when(voidInvoice({ reason: 'wrong address' })).then(
      {
        type: 'InvoiceVoided',
        data: {
          invoiceId: INVOICE,
          reason: 'wrong address',
          bookedOn: on('2026-02-10'),
          amountDue: usd(30_00n),
          creditReturned: usd(0n),
          reopened: [{ subscriptionId: SUBSCRIPTION, nextBillAt: at('2026-01-01T00:00:00Z') }],
          revenue: { deferred: [{ month: '2026-01', amount: usd(-30_00n) }], earned: [] },
        },
      },
      booked('deferred_revenue', 'receivable', usd(30_00n)),
    );
    billed.after(voidInvoice()).when(voidInvoice()).thenNothing();
  });

  it('is not voided once somebody has paid a part, nor once it is written off', () => {
    billed
      .after(receivePayment({ amount: usd(1n) }))
      .when(voidInvoice())
      .thenRefused('invoice_has_payments');
    billed.after(writeOff).when(voidInvoice()).thenRefused('invoice_not_open');
  });

  it('that gave credit settles what is open, and takes that back when it is voided', () => {
    const canceled = cancelSubscription({ at: at('2026-01-11T00:00:00Z') });
    const credited = billed.after(canceled, billAccount({ invoiceId: SECOND, billThrough: FEBRUARY }));
    expect(credited.state.invoices.get(INVOICE)).toMatchObject({ amountCredited: usd(20_32n), status: 'open' });
    const { facts, state } = credited.when(voidInvoice({ invoiceId: SECOND }));
    expect(facts[0]).toMatchObject({ type: 'CustomerCreditUnapplied', data: { invoiceId: INVOICE } });
    expect(facts[2]).toMatchObject({ type: 'CreditNoteVoided', data: { invoiceId: SECOND, credit: usd(0n) } });
    expect(facts[3]).toMatchObject({ type: 'InvoiceVoided', data: { creditReturned: usd(-20_32n) } });
    expect(transfersIn(facts)).toEqual([
      'receivable customer_credit 2032',
      'receivable deferred_revenue 2032',
      'customer_credit receivable 2032',
    ]);
    expect(state.invoices.get(INVOICE)).toMatchObject({ amountCredited: usd(0n), status: 'open' });
  });

  it('that gave credit is not voided once the credit was paid out', () => {
    billed
      .after(
        receivePayment(),
        cancelSubscription({ at: at('2026-01-11T00:00:00Z') }),
        billAccount({ invoiceId: SECOND, billThrough: FEBRUARY }),
        refundCredit({ amount: usd(1n) }),
      )
      .when(voidInvoice({ invoiceId: SECOND }))
      .thenRefused('customer_credit_already_paid_out');
  });

  it('is not overdue any more once it is paid, void or given up', () => {
    const late = billed.after(overdue);
    expect(late.state.invoices.get(INVOICE)).toMatchObject({ overdue: true });
    for (const end of [receivePayment(), voidInvoice(), writeOff])
      expect(late.when(end).state.invoices.get(INVOICE)).toMatchObject({ overdue: false });
  });

  it('is written off by what is still due', () => {
    billed
      .after(receivePayment({ amount: usd(10_00n) }))
      .when({ ...writeOff, reason: 'gone' })
      .then(
        like('InvoiceMarkedUncollectible', { reason: 'gone', amountDue: usd(20_00n) }),
        booked('bad_debt', 'receivable', usd(20_00n)),
      );
    billed.after(writeOff).when(writeOff).thenNothing();
    billed.after(receivePayment()).when(writeOff).thenRefused('invoice_not_open');
    billed.after(voidInvoice()).when(writeOff).thenRefused('invoice_not_open');
  });

  it('is not issued again once it is void or written off', () => {
    billed.after(voidInvoice()).when(finalizeInvoice()).thenRefused('invoice_already_finalized');
    billed.after(writeOff).when(finalizeInvoice()).thenRefused('invoice_already_finalized');
  });

  it('is one that there is', () => {
    const invoiceId = anId('inv', 9);
    for (const command of [
      voidInvoice({ invoiceId }),
      finalizeInvoice({ invoiceId }),
      { ...writeOff, invoiceId },
      { ...overdue, invoiceId },
      { ...number, invoiceId },
    ]) {
      billed.when(command).thenRefused('invoice_not_found');
    }
  });
});
