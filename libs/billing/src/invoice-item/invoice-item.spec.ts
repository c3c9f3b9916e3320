import type { AccountFact } from '#contracts';
import {
  addInvoiceItem,
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
  linesIn,
  ownInvoice,
  totalIn,
  usd,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import { money } from '#kernel';

const given = givenFor(accountDecider);
const opened = given(anAccount());
const ITEM = anId('itm');
const SECOND = anId('inv', 2);
const FEBRUARY = at('2026-02-01T00:00:00Z');
const remove = { type: 'RemoveInvoiceItem', itemId: ITEM } as const;
const close = { type: 'CloseAccount', unbilled: false } as const;

const itemsIn = (facts: readonly AccountFact[]): string[] =>
  facts.flatMap((fact) =>
    fact.type === 'InvoiceLinesAdded'
      ? (fact.data.items ?? []).map(({ description, amount }) => `${description} ${amount.minor}`)
      : [],
  );

describe('an item', () => {
  it('costs its quantity at its price, rounded once, or what it was said to cost', () => {
    const costs = (price: Parameters<typeof addInvoiceItem>[0]) =>
      opened
        .when(addInvoiceItem(price))
        .facts.map((fact) => fact.type === 'InvoiceItemAdded' && fact.data.amount.minor);
    expect(costs({ price: { quantity: '3', unitAmount: '0.335' } })).toEqual([101n]);
    expect(costs({ price: { quantity: '2.5', unitAmount: '-10' } })).toEqual([-25_00n]);
    expect(costs({ price: { amount: usd(-7_00n) } })).toEqual([-7_00n]);
  });

  it('is added once', () => opened.after(addInvoiceItem()).when(addInvoiceItem()).thenNothing());

  it('is of the currency of the account, and of an amount that can be kept', () => {
    opened.when(addInvoiceItem({ price: { amount: money(1n, 'EUR') } })).thenRefused('currency_mismatch');
    const vast = { quantity: `1${'0'.repeat(12)}`, unitAmount: `1${'0'.repeat(12)}` };
    opened.when(addInvoiceItem({ price: vast })).thenRefused('invalid_amount');
  });

  it('is one of a thousand that wait', () => {
    const thousand = Array.from({ length: 1_000 }, (_, index) => addInvoiceItem({ itemId: anId('itm', index + 2) }));
    const full = opened.after(...thousand);
    full.when(addInvoiceItem()).thenRefused('too_many_invoice_items');
    expect(full.when(addInvoiceItem({ own: ownInvoice() })).facts).not.toEqual([]);
  });
});

describe('on the next invoice', () => {
  const waiting = opened.after(createSubscription(), addInvoiceItem());

  it('stands beside what is due, earned at once, and is billed once', () => {
    const { facts } = waiting.when(billAccount());
    expect(itemsIn(facts)).toEqual(['Setup 5000']);
    expect(totalIn(facts)).toBe(80_00n);
    waiting
      .when(billAccount())
      .then(
        like('InvoiceDrafted', { kind: 'cycle' }),
        like('InvoiceLinesAdded', {}),
        like('InvoiceFinalized', {}),
        booked('receivable', 'deferred_revenue', usd(30_00n)),
        booked('receivable', 'revenue', usd(50_00n)),
        like('BillingAdvanced', {}),
      );
    const next = waiting.after(billAccount()).when(billAccount({ invoiceId: SECOND, billThrough: FEBRUARY }));
    expect(itemsIn(next.facts)).toEqual([]);
  });

  it('waits where billing looks no further than before it was added', () => {
    const later = opened.after(createSubscription(), addInvoiceItem({ now: FEBRUARY }));
    expect(totalIn(later.when(billAccount()).facts)).toBe(30_00n);
  });

  it('is all that a bill has where nothing else is due', () => {
    expect(totalIn(opened.after(addInvoiceItem()).when(billAccount()).facts)).toBe(50_00n);
  });

  it('gives back more than is due as credit', () => {
    const credit = opened.after(createSubscription(), addInvoiceItem({ price: { amount: usd(-40_00n) } }));
    const { facts } = credit.when(billAccount());
    expect(totalIn(facts)).toBe(-10_00n);
    expect(facts.find(({ type }) => type === 'CustomerCreditAdded')?.data).toMatchObject({ amount: usd(10_00n) });
  });

  it('joins a draft that is rated again, and is not taken out of it', () => {
    const draft = opened.after(createSubscription(), billAccount({ policy: GRACE }), addInvoiceItem());
    const rated = draft.after(billAccount({ policy: GRACE }));
    rated.when(remove).thenRefused('invoice_item_invoiced');
    expect(totalIn(rated.when(finalizeInvoice()).facts)).toBe(80_00n);
    rated.after(finalizeInvoice()).when(remove).thenRefused('invoice_item_invoiced');
  });

  it('is due again when its invoice is void, unless that is given up', () => {
    const billed = waiting.after(billAccount());
    const again = billAccount({ invoiceId: SECOND });
    expect(totalIn(billed.after(voidInvoice()).when(again).facts)).toBe(80_00n);
    billed
      .after(voidInvoice({ billAgain: false }))
      .when(again)
      .thenNothing();
  });

  it('is removed as long as no invoice has it', () => {
    waiting.when(remove).then({ type: 'InvoiceItemRemoved', data: { itemId: ITEM } });
    expect(totalIn(waiting.after(remove).when(billAccount()).facts)).toBe(30_00n);
    waiting.after(remove).when(remove).thenRefused('invoice_item_not_found');
  });

  it('keeps the account from closing', () => {
    opened.after(addInvoiceItem()).when(close).thenRefused('account_has_unbilled_charges');
    expect(opened.after(addInvoiceItem(), remove).when(close).facts).toHaveLength(1);
  });
});

describe('on an invoice of its own', () => {
  const own = addInvoiceItem({ own: ownInvoice() });

  it('is issued at once, and leaves the billing of all else where it is', () => {
    const subscribed = opened.after(createSubscription());
    subscribed
      .when(own)
      .then(
        like('InvoiceItemAdded', { on: 'own_invoice', amount: usd(50_00n) }),
        like('InvoiceDrafted', { kind: 'one_off', invoiceId: INVOICE }),
        like('InvoiceLinesAdded', { lines: [] }),
        like('InvoiceFinalized', { invoiceId: INVOICE }),
        booked('receivable', 'revenue', usd(50_00n)),
      );
    expect(totalIn(subscribed.after(own).when(billAccount({ invoiceId: SECOND })).facts)).toBe(30_00n);
  });

  it('leaves a draft alone', () => {
    const draft = opened.after(createSubscription(), billAccount({ policy: GRACE }));
    const { state } = draft.when(addInvoiceItem({ own: ownInvoice(SECOND) }));
    expect([state.invoices.get(INVOICE)!.status, state.invoices.get(SECOND)!.status]).toEqual(['draft', 'open']);
  });

  it('waits for the next one when it is void', () => {
    const { facts } = opened.after(own, voidInvoice()).when(billAccount({ invoiceId: SECOND, billThrough: FEBRUARY }));
    expect(itemsIn(facts)).toEqual(['Setup 5000']);
  });
});

describe('a named amount at an end', () => {
  const ended = (parts: Parameters<typeof cancelSubscription>[0] = {}, minor = 12_00n) =>
    cancelSubscription({
      credit: 'none',
      now: at('2026-01-16T00:00:00Z'),
      creditAmount: { amount: usd(minor), itemId: ITEM, own: ownInvoice(SECOND) },
      ...parts,
    });
  const paid = opened.after(createSubscription(), billAccount());

  it('comes back in the same append as the end, and nothing else does', () => {
    paid
      .when(ended())
      .then(
        like('SubscriptionCanceled', { credit: 'none' }),
        like('SubscriptionEnded', {}),
        like('InvoiceItemAdded', { amount: usd(-12_00n), on: 'own_invoice' }),
        like('InvoiceDrafted', { kind: 'one_off', invoiceId: SECOND }),
        like('InvoiceLinesAdded', { lines: [] }),
        like('InvoiceFinalized', { invoiceId: SECOND }),
        booked('revenue', 'receivable', usd(12_00n)),
        like('CustomerCreditAdded', { amount: usd(12_00n) }),
        booked('receivable', 'customer_credit', usd(12_00n)),
        like('CreditNoteIssued', { kind: 'correction', corrects: [] }),
        like('InvoicePaid', { invoiceId: SECOND }),
        like('CustomerCreditApplied', { invoiceId: INVOICE, amount: usd(12_00n) }),
        booked('customer_credit', 'receivable', usd(12_00n)),
      );
    expect(
      linesIn(paid.after(ended()).when(billAccount({ invoiceId: anId('inv', 3), billThrough: FEBRUARY })).facts),
    ).toEqual([]);
  });

  it('comes back once', () => paid.after(ended()).when(ended()).thenNothing());

  it('is above zero, and in the currency of the account', () => {
    paid.when(ended({}, 0n)).thenRefused('amount_not_positive', '/creditAmount/amount');
    const euros = { amount: money(1n, 'EUR'), itemId: ITEM, own: ownInvoice(SECOND) };
    paid.when(ended({ creditAmount: euros })).thenRefused('currency_mismatch', '/creditAmount/currency');
  });

  it('is not of an end that is ahead', () => {
    paid.when(ended({ at: 'period_end' })).thenRefused('credit_amount_ahead', '/creditAmount');
  });
});
