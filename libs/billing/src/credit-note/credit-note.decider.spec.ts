import { Decimal, derivedId } from '#kernel';
import { bookBalance, type LedgerCode } from '#ledger';
import {
  aCatalog,
  addInvoiceItem,
  anAccount,
  anId,
  aPolicy,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  CREDIT_NOTE_SERIES,
  givenFor,
  GRACE,
  including,
  INVOICE,
  issueCreditNote,
  on,
  ownInvoice,
  receivePayment,
  refundCredit,
  reversePayment,
  sealed,
  SERIES,
  SUBSCRIPTION,
  totalIn,
  transfersIn,
  usd,
  voidCreditNote,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { DocumentLine } from '../invoice/invoice-line.js';
import type { TaxTerms } from '../tax/tax-terms.js';
import { allLines } from '../invoice/invoice.js';
import { StaleFacts } from '../invoice/stale-facts.js';

const VAT: TaxTerms = {
  settings: { provider: 'rates', country: 'DE', rounding: 'document', prices: 'exclusive' },
  rates: [{ code: 'de-vat', jurisdiction: 'DE', category: 'S', rate: '19', validFrom: on('2020-01-01') }],
  buyer: { country: 'DE', region: null, isBusiness: false },
};
const INSIDE: TaxTerms = { ...VAT, settings: { ...VAT.settings, prices: 'inclusive' } };

const given = givenFor(accountDecider);

/** A fee of 30.00 in advance and a set-up of 3 units for 50.00, billed together, and the lines of that. */
const billedWith = (tax: TaxTerms): { readonly billed: AccountGiven; readonly lines: readonly DocumentLine[] } => {
  const before = given(anAccount()).after(
    createSubscription({ catalog: aCatalog() }),
    addInvoiceItem({ price: { quantity: '3', unitAmount: '16.6667' } }),
  );
  const { facts } = before.when(billAccount({ tax }));
  const lines = facts.flatMap(({ type, data }) => (type === 'InvoiceLinesAdded' ? allLines(data) : []));
  return { billed: before.and(...facts), lines };
};
const { billed, lines } = billedWith(VAT);
const [fee, setUp] = lines as [DocumentLine, DocumentLine];
const ALL = [{ lineId: fee.lineId, all: true }] as const;
const cancellation = (number = 1) =>
  issueCreditNote(lines, { kind: 'cancellation', creditNoteId: anId('crn', number) });
const issuedIn = (facts: readonly { readonly type: string; readonly data: object }[]) =>
  facts.find(({ type }) => type === 'CreditNoteIssued')!.data;
const paid = billed.after(receivePayment({ amount: usd(95_20n) }));
const balance = ({ state }: Pick<AccountGiven, 'state'>, code: LedgerCode) => bookBalance(state.book, code, 'USD');

describe('a credit note', () => {
  it('gives a line back, with its tax, and settles its invoice by it', () => {
    const { facts, state } = billed.when(issueCreditNote(lines, { lines: ALL, memo: 'Sorry.' }));
    expect(issuedIn(facts)).toMatchObject({
      kind: 'concession',
      reason: 'goodwill',
      memo: 'Sorry.',
      lines: [{ lineId: fee.lineId, amount: usd(30_00n), net: usd(30_00n) }],
      revenue: { deferred: [{ month: '2026-01', amount: usd(-30_00n) }], earned: [] },
      taxes: [{ code: 'de-vat', rate: '19', base: usd(30_00n), amount: usd(5_70n) }],
      totals: { subtotal: usd(30_00n), tax: usd(5_70n), total: usd(35_70n) },
      settlement: { invoice: usd(35_70n), writtenOff: usd(0n), credit: usd(0n) },
      issueDate: '2026-02-10',
    });
    expect(transfersIn(facts)).toEqual([
      'deferred_revenue receivable 3000',
      'tax_payable receivable 570',
      'receivable customer_credit 3570',
      'customer_credit receivable 3570',
    ]);
    expect(facts).toContainEqual(including('CustomerCreditApplied', { invoiceId: INVOICE, amount: usd(35_70n) }));
    // 95.20 − 35.70
    expect(bookBalance(state.book, 'receivable', 'USD')).toBe(59_50n);
  });

  it('gives units of a line back as a difference: three thirds of 50.00', () => {
    const unit = (number: number) =>
      issueCreditNote(lines, {
        creditNoteId: anId('crn', number),
        lines: [{ lineId: setUp.lineId, quantity: Decimal.parse('1') }],
      });
    const after = billed.after(unit(1), unit(2));
    const amounts = [...after.after(unit(3)).state.creditNotes.values()].map(({ issued }) => issued.totals.subtotal);
    expect(amounts).toEqual([usd(16_67n), usd(16_66n), usd(16_67n)]);
    after.after(unit(3)).when(unit(4)).thenRefused('credit_note_too_large', '/lines/0/quantity');
  });

  it('spreads an amount over all lines', () => {
    const { facts } = billed.when(issueCreditNote(lines, { amount: usd(8_01n) }));
    // 8.01 × 30 ÷ 80 = 3.00375, and 5.00625; 19 % of 8.01 are 1.5219.
    expect(issuedIn(facts)).toMatchObject({
      lines: [{ amount: usd(3_00n) }, { amount: usd(5_01n) }],
      revenue: {
        deferred: [{ month: '2026-01', amount: usd(-3_00n) }],
        earned: [{ month: '2026-02', amount: usd(-5_01n) }],
      },
      totals: { subtotal: usd(8_01n), tax: usd(1_52n), total: usd(9_53n) },
    });
    expect(transfersIn(facts).slice(0, 2)).toEqual(['deferred_revenue receivable 300', 'revenue receivable 501']);
  });

  it('takes back what is left, to the cent, and leaves nothing in the book', () => {
    const after = billed.after(issueCreditNote(lines, { amount: usd(33_33n) }), cancellation(2));
    const [first, second] = [...after.state.creditNotes.values()].map(({ issued }) => issued.totals);
    // 19 % of 33.33 are 6.3327, of 80.00 15.20.
    expect([first!.total, second!.total]).toEqual([usd(39_66n), usd(55_54n)]);
    expect(after.state.invoices.get(INVOICE)).toMatchObject({ status: 'paid', amountCredited: usd(95_20n) });
    for (const code of ['receivable', 'revenue', 'deferred_revenue', 'tax_payable', 'customer_credit'] as const)
      expect(balance(after, code)).toBe(0n);
    after.when(cancellation(3)).thenRefused('credit_note_too_large');
  });

  it('has the tax inside where the invoice had', () => {
    const inside = billedWith(INSIDE);
    const { facts } = inside.billed.when(issueCreditNote(inside.lines, { amount: usd(11_90n) }));
    expect(issuedIn(facts)).toMatchObject({
      totals: { subtotal: usd(10_00n), tax: usd(1_90n), total: usd(11_90n) },
    });
  });

  it('becomes credit of the customer where the invoice is paid, and settles what else is open', () => {
    const other = ownInvoice(anId('inv', 2));
    const owing = paid.after(addInvoiceItem({ itemId: anId('itm', 2), price: { amount: usd(20_00n) }, own: other }));
    const { facts, state } = owing.when(issueCreditNote(lines, { lines: ALL }));
    expect(issuedIn(facts)).toMatchObject({ settlement: { invoice: usd(0n), credit: usd(35_70n) } });
    expect(state.invoices.get(anId('inv', 2))).toMatchObject({ status: 'paid', amountCredited: usd(20_00n) });
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(15_70n);
  });

  it('settles what is due of its own invoice first', () => {
    const older = ownInvoice(anId('inv', 2), at('2025-12-15T00:00:00Z'));
    const before = given(anAccount()).after(
      addInvoiceItem({ itemId: anId('itm', 2), price: { amount: usd(20_00n) }, own: older }),
      addInvoiceItem({ price: { amount: usd(50_00n) }, own: ownInvoice() }),
    );
    const line = { lineId: anId('lin'), kind: 'one_off', amount: usd(50_00n), quantity: '1' } as DocumentLine;
    const { state } = before.when(issueCreditNote([line], { amount: usd(10_00n) }));
    expect(state.invoices.get(INVOICE)).toMatchObject({ amountCredited: usd(10_00n) });
    expect(state.invoices.get(anId('inv', 2))).toMatchObject({ amountCredited: usd(0n) });
  });

  it('takes back first what was given up', () => {
    const half = billed.after(receivePayment({ amount: usd(45_20n) }));
    const givenUp = half.after({ type: 'MarkInvoiceUncollectible', invoiceId: INVOICE, bookedOn: on('2026-02-09') });
    const after = givenUp.after(cancellation());
    // 95.20, of which 50.00 were given up.
    expect(after.state.creditNotes.get(anId('crn'))!.issued.settlement).toEqual({
      invoice: usd(0n),
      writtenOff: usd(50_00n),
      credit: usd(45_20n),
    });
    expect(balance(after, 'bad_debt')).toBe(0n);
    expect(balance(after, 'customer_credit')).toBe(45_20n);
    const back = after.after(voidCreditNote());
    expect(balance(back, 'bad_debt')).toBe(50_00n);
    expect(balance(back, 'customer_credit')).toBe(0n);
  });

  it('is given back nothing twice, and numbered once', () => {
    const after = billed.after(issueCreditNote(lines));
    after.when(issueCreditNote(lines)).thenNothing();
    const number = { type: 'NumberCreditNote', creditNoteId: anId('crn'), seriesId: SERIES, sequence: 7 } as const;
    const numbered = { creditNoteId: anId('crn'), invoiceId: INVOICE, seriesId: SERIES, sequence: 7, number: 'CN-7' };
    after.when({ ...number, number: 'CN-7' }).then({ type: 'CreditNoteNumbered', data: numbered });
    after
      .after({ ...number, number: 'CN-7' })
      .when({ ...number, number: 'CN-8' })
      .thenNothing();
  });

  it('is none of what its taxes make nothing of', () => {
    // Ten of 0.02 and one of −0.13: 0.07 and 0.01 of tax.
    const item = (number: number, minor: bigint) =>
      addInvoiceItem({ itemId: anId('itm', number), price: { amount: usd(minor) } });
    const items = [...Array.from({ length: 10 }, (_, index) => item(index + 2, 2n)), item(12, -13n)];
    const perLine = { ...VAT, settings: { ...VAT.settings, rounding: 'line' as const } };
    const { facts, state } = given(anAccount())
      .after(...items)
      .when(billAccount({ tax: perLine }));
    const small = facts.flatMap(({ type, data }) => (type === 'InvoiceLinesAdded' ? allLines(data) : []));
    expect(state.invoices.get(INVOICE)!.issued!.totals).toMatchObject({ tax: usd(-2n), total: usd(5n) });
    const after = given(anAccount())
      .after(...items)
      .and(...facts);
    expect(issuedIn(after.when(issueCreditNote(small, { amount: usd(1n) })).facts)).toMatchObject({
      totals: { subtotal: usd(1n), tax: usd(0n), total: usd(1n) },
    });
  });

  it('says what is wrong with what is asked for', () => {
    const asked = (parts: Parameters<typeof issueCreditNote>[1]) => billed.when(issueCreditNote(lines, parts));
    const line = { lineId: fee.lineId };
    asked({ amount: usd(80_01n) }).thenRefused('credit_note_too_large', '/amount/amount');
    asked({ lines: [{ ...line, amount: usd(30_01n) }] }).thenRefused('credit_note_too_large', '/lines/0');
    asked({ lines: [{ lineId: anId('lin', 9), all: true }] }).thenRefused('invoice_line_not_found', '/lines/0/lineId');
    asked({ lines: [{ ...line, amount: { minor: 1n, currency: 'EUR' } }] }).thenRefused(
      'currency_mismatch',
      '/lines/0/amount/currency',
    );
    asked({ amount: usd(0n) }).thenRefused('amount_not_positive', '/amount/amount');
    asked({ lines: [{ ...line, quantity: Decimal.zero }] }).thenRefused('amount_not_positive', '/lines/0/quantity');
    asked({ lines: [line] }).thenRefused('invalid_credit_note', '/lines/0');
    asked({ lines: [...ALL, ...ALL] }).thenRefused('invalid_credit_note', '/lines/1/lineId');
    asked({ lines: ALL, amount: usd(1n) }).thenRefused('invalid_credit_note');
    asked({ kind: 'cancellation', amount: usd(1n) }).thenRefused('invalid_credit_note', '/kind');
    billed.when(issueCreditNote(null)).thenThrows(StaleFacts);
  });

  it('is of what is issued and not void', () => {
    const draft = given(anAccount()).after(createSubscription({ catalog: aCatalog() }), billAccount({ policy: GRACE }));
    draft.when(issueCreditNote(null)).thenRefused('invoice_not_finalized');
    billed.after(voidInvoice()).when(issueCreditNote(lines)).thenRefused('invoice_voided');
    billed.when(issueCreditNote(lines, { invoiceId: anId('inv', 9) })).thenRefused('invoice_not_found');
  });
});

/**
 * Three sixths of January are over: 14.52 of 30.00 are owed, and 15.48 would be given back. It bears the 19 % at which the fee was billed: 18.42 of 15.48, and 6.52 of
 * 5.48.
 */
describe('what billing gives back after a credit note', () => {
  const MIDDLE = at('2026-01-16T12:00:00Z');
  const bill = billAccount({ invoiceId: anId('inv', 2), now: MIDDLE, policy: aPolicy({ zeroInvoices: 'skip' }) });
  const noted = (minor: bigint) =>
    billed.after(
      issueCreditNote(lines, { lines: [{ lineId: fee.lineId, amount: usd(minor) }], bookedOn: on('2026-01-10') }),
      cancelSubscription({ now: MIDDLE }),
    );

  it('is no more than the note left of it', () => {
    expect(totalIn(noted(10_00n).when(bill).facts)).toBe(-6_52n);
    expect(totalIn(billed.after(cancelSubscription({ now: MIDDLE })).when(bill).facts)).toBe(-18_42n);
  });

  it('is nothing where the note gave back more', () => {
    expect(totalIn(noted(20_00n).when(bill).facts)).toBeUndefined();
  });

  it('is not billed back: the service stays billed', () => {
    const after = billed.after(issueCreditNote(lines, { lines: ALL, bookedOn: on('2026-01-10') }));
    expect(totalIn(after.when(bill).facts)).toBeUndefined();
  });

  it('leaves to a note what is charged of the fee by then', () => {
    const given = billed.after(cancelSubscription({ now: MIDDLE }), bill);
    const note = given.when(issueCreditNote(lines, { lines: ALL, bookedOn: on('2026-01-17') }));
    // 30.00 − 15.48.
    expect(issuedIn(note.facts)).toMatchObject({ lines: [{ lineId: fee.lineId, amount: usd(14_52n) }] });
    const more = [{ lineId: fee.lineId, amount: usd(14_53n) }];
    given.when(issueCreditNote(lines, { lines: more })).thenRefused('credit_note_too_large', '/lines/0');
  });

  it('is not lost where a note cancels what billing gave back', () => {
    const noted = billed.after(
      issueCreditNote(lines, { lines: [{ lineId: fee.lineId, amount: usd(10_00n) }], bookedOn: on('2026-01-10') }),
      cancelSubscription({ now: MIDDLE }),
      bill,
    );
    // 30.00 − 10.00 − 5.48: what is owed.
    const later = billAccount({ invoiceId: anId('inv', 3), now: at('2026-01-17T12:00:00Z') });
    expect(totalIn(noted.when(later).facts)).toBeUndefined();
    const voided = noted.after(voidInvoice({ invoiceId: anId('inv', 2) }));
    expect(totalIn(voided.when(later).facts)).toBe(-6_52n);
  });

  it('is what it would have been, once the note is void', () => {
    const voided = voidCreditNote({ bookedOn: on('2026-01-16'), now: MIDDLE });
    const after = noted(20_00n).after(bill, voided);
    expect(after.state.subscriptions.get(SUBSCRIPTION)!.schedule.nextBillAt).not.toBeNull();
    const again = billAccount({ invoiceId: anId('inv', 3), now: at('2026-01-17T12:00:00Z') });
    expect(totalIn(after.when(again).facts)).toBe(-18_42n);
  });
});

/** A month in advance for 30.00 and 5.70 of tax, of which 16 of 31 days come back. */
describe('a billing below zero', () => {
  const SECOND = anId('inv', 2);
  const MIDDLE = at('2026-01-16T12:00:00Z');
  const corrected = billed.after(cancelSubscription({ now: MIDDLE }));
  const bill = billAccount({ invoiceId: SECOND, now: MIDDLE, tax: VAT });
  const CORRECTION = derivedId('crn', SECOND, 'correction');

  it('is never sent itself: its credit note is', () => {
    const request = { type: 'RequestDelivery', deliveryId: anId('dlv'), personal: sealed('to') } as const;
    const number = {
      type: 'NumberCreditNote',
      creditNoteId: CORRECTION,
      seriesId: SERIES,
      sequence: 1,
      number: 'CN-1',
    } as const;
    const numbered = corrected.after(bill, number);
    numbered.when({ ...request, documentId: SECOND }).thenRefused('invoice_is_credit_note');
    expect(numbered.when({ ...request, documentId: CORRECTION }).facts).toHaveLength(1);
  });

  it('is told by a credit note, which names what it corrects and has the number', () => {
    const { facts, state } = corrected.when(bill);
    expect(issuedIn(facts)).toMatchObject({
      creditNoteId: CORRECTION,
      invoiceId: SECOND,
      kind: 'correction',
      corrects: [INVOICE],
      lines: [{ amount: usd(15_48n), net: usd(15_48n) }],
      taxes: [{ code: 'de-vat', rate: '19', base: usd(15_48n), amount: usd(2_94n) }],
      totals: { subtotal: usd(15_48n), tax: usd(2_94n), total: usd(18_42n) },
      settlement: { invoice: usd(0n), writtenOff: usd(0n), credit: usd(18_42n) },
      seriesId: CREDIT_NOTE_SERIES,
    });
    expect(facts.find(({ type }) => type === 'InvoiceFinalized')!.data).not.toHaveProperty('seriesId');
    // Booked once: the billing does.
    expect(transfersIn(facts)).toEqual([
      'deferred_revenue receivable 1548',
      'tax_payable receivable 294',
      'receivable customer_credit 1842',
      'customer_credit receivable 1842',
    ]);
    expect(state.invoices.get(SECOND)!.creditNotes).toEqual([CORRECTION]);
  });

  it('is subtracted from what was billed, and not held against later notes or billings', () => {
    const after = corrected.after(bill);
    const later = billAccount({ invoiceId: anId('inv', 3), now: at('2026-01-17T12:00:00Z'), tax: VAT });
    expect(totalIn(after.when(later).facts)).toBeUndefined();
    const note = after.when(issueCreditNote(lines, { lines: ALL }));
    expect(issuedIn(note.facts)).toMatchObject({ lines: [{ amount: usd(14_52n) }] });
  });

  it('is taken back with its credit note, and not without', () => {
    const after = corrected.after(bill);
    after.when(voidCreditNote({ creditNoteId: CORRECTION })).thenRefused('credit_note_of_billing');
    const { facts, state } = after.when(voidInvoice({ invoiceId: SECOND }));
    expect(facts).toContainEqual(including('CreditNoteVoided', { creditNoteId: CORRECTION, reopened: [] }));
    expect(state.creditNotes.get(CORRECTION)!.voidedOn).not.toBeNull();
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(0n);
    const again = billAccount({ invoiceId: anId('inv', 3), now: at('2026-01-17T12:00:00Z'), tax: VAT });
    const voided = after.after(voidInvoice({ invoiceId: SECOND }));
    expect(totalIn(voided.when(again).facts)).toBe(-18_42n);
  });

  it('corrects no invoice where it gives back by itself', () => {
    const { facts } = billed.when(
      addInvoiceItem({ itemId: anId('itm', 2), price: { amount: usd(-12_00n) }, own: ownInvoice(SECOND) }),
    );
    expect(issuedIn(facts)).toMatchObject({ kind: 'correction', corrects: [], totals: { total: usd(12_00n) } });
  });
});

describe('a credit note that is void', () => {
  it('is owed again, and its invoice may be void then', () => {
    const noted = billed.after(cancellation());
    expect(noted.state.invoices.get(INVOICE)).toMatchObject({ status: 'paid' });
    noted.when(voidInvoice()).thenRefused('invoice_has_credit_notes');
    const after = noted.after(voidCreditNote({ reason: 'by mistake' }));
    expect(after.state.invoices.get(INVOICE)).toMatchObject({ status: 'open', amountCredited: usd(0n) });
    expect(after.state.creditNotes.get(anId('crn'))).toMatchObject({
      voidedOn: '2026-02-11',
      voidReason: 'by mistake',
    });
    for (const code of ['revenue', 'deferred_revenue', 'tax_payable', 'receivable'] as const)
      expect(balance(after, code)).toBe(balance(billed, code));
    after.when(voidCreditNote()).thenNothing();
    const gone = after.after(voidInvoice());
    for (const code of ['revenue', 'deferred_revenue', 'tax_payable', 'receivable'] as const)
      expect(balance(gone, code)).toBe(0n);
  });

  it('makes nothing of a closed account due again', () => {
    const ended = paid.after(cancelSubscription({ now: at('2026-02-01T00:00:00Z'), credit: 'none' }));
    const closed = ended.and({ type: 'AccountClosed', data: {} }).after(cancellation());
    const { facts, state } = closed.when(voidCreditNote());
    expect(facts).toContainEqual(including('CreditNoteVoided', { reopened: [] }));
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(0n);
  });

  it('takes its credit off other invoices', () => {
    const other = ownInvoice(anId('inv', 2));
    const owing = paid.after(addInvoiceItem({ itemId: anId('itm', 2), price: { amount: usd(20_00n) }, own: other }));
    const { state } = owing.after(issueCreditNote(lines, { lines: ALL })).when(voidCreditNote());
    expect(state.invoices.get(anId('inv', 2))).toMatchObject({ status: 'open', amountCredited: usd(0n) });
    expect(bookBalance(state.book, 'customer_credit', 'USD')).toBe(0n);
  });

  it('is none where its credit was paid out', () => {
    const refunded = paid.after(issueCreditNote(lines, { lines: ALL }), refundCredit());
    refunded.when(voidCreditNote()).thenRefused('customer_credit_already_paid_out');
    given(anAccount()).when(voidCreditNote()).thenRefused('credit_note_not_found');
  });

  it('leaves what it gave back to the next one', () => {
    const after = billed.after(issueCreditNote(lines, { amount: usd(33_33n) }), voidCreditNote(), cancellation(2));
    expect(after.state.creditNotes.get(anId('crn', 2))!.issued.totals.total).toEqual(usd(95_20n));
  });

  it('stays what it is when a payment bounces', () => {
    const after = paid.after(cancellation(), reversePayment({ bookedOn: on('2026-02-12') }));
    expect(after.state.invoices.get(INVOICE)).toMatchObject({ status: 'paid', amountCredited: usd(95_20n) });
    expect(balance(after, 'customer_credit')).toBe(0n);
  });
});
