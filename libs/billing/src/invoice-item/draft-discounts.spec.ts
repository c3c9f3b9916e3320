import {
  aCatalog,
  aCharge,
  addDraftLine,
  anAccount,
  anId,
  aPlan,
  aPolicy,
  at,
  aUsageCharge,
  billAccount,
  billedIn,
  cancelSubscription,
  changeDraftLine,
  createSubscription,
  discountDraft,
  finalizeInvoice,
  givenFor,
  GRACE,
  grantCredit,
  INVOICE,
  openWallet,
  readings,
  totalIn,
  usd,
  voidInvoice,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider, type AccountCommand } from '../account/account.decider.js';
import { isRated } from '../invoice/invoice-line.js';
import { draftLines, invoiceOf } from '../invoice/invoice.js';

const given = givenFor(accountDecider);
const catalog = aCatalog({ plans: [aPlan({ charges: [aCharge(), aUsageCharge()] })] });
const bill = (calls: number, invoice = 1) =>
  billAccount({
    catalog,
    known: readings(calls, { revision: 0 }),
    billThrough: at('2026-02-01T00:00:00Z'),
    invoiceId: anId('inv', invoice),
    policy: GRACE,
  });
/** The fees of January and February at 30.00, and 90 calls at 0.10. */
const drafted = given(anAccount()).after(createSubscription({ catalog }), bill(90));
const linesOf = ({ state }: Pick<AccountGiven, 'state'>, invoiceId = INVOICE) =>
  draftLines(invoiceOf(state, invoiceId));
const told = (history: Pick<AccountGiven, 'state'>) =>
  linesOf(history).map((line) => `${line.description} ${line.amount.minor}`);
const finalize = finalizeInvoice({ catalog, now: at('2026-02-10T00:00:00Z') });
const other = { itemId: anId('itm', 8) };
const callsOf = (history: Pick<AccountGiven, 'state'>) =>
  linesOf(history).find((line) => isRated(line) && line.charge === 'calls')!.lineId;

describe('a discount of a draft', () => {
  it('takes a percentage off each line, by a line beside it', () => {
    const discounted = drafted.after(discountDraft({ percent: '10' }));
    expect(told(discounted)).toEqual([
      ...told(drafted),
      'Goodwill: Base fee -300',
      'Goodwill: Base fee -300',
      'Goodwill: Calls -90',
    ]);
    expect(linesOf(discounted).at(-1)).toMatchObject({ adjusts: callsOf(drafted), reason: 'agreed' });
    expect(totalIn(discounted.when(finalize).facts)).toBe(62_10n);
    expect(discounted.when(discountDraft({ percent: '10' })).facts).toEqual([]);
  });

  it('shares an amount among the lines, to the cent', () => {
    // 10.01 as 30.00 : 30.00 : 9.00 is 4.352…, 4.352… and 1.305…: the largest rest gets the cent.
    expect(told(drafted.after(discountDraft({ amount: usd(10_01n) }))).slice(-3)).toEqual([
      'Goodwill: Base fee -435',
      'Goodwill: Base fee -435',
      'Goodwill: Calls -131',
    ]);
  });

  it('takes percentages first, and never more than there is', () => {
    const both = [discountDraft({ amount: usd(100_00n) }), discountDraft({ percent: '50' }, other)];
    const orders = [both, both.toReversed()].map((commands) => drafted.after(...commands).when(finalize).facts);
    expect(orders.map((facts) => totalIn(facts))).toEqual([0n, 0n]);
    const once = ['Goodwill: Base fee -1500', 'Goodwill: Base fee -1500', 'Goodwill: Calls -450'];
    expect(told(drafted.after(...both)).slice(-6)).toEqual([...once, ...once]);
  });

  it('goes by what is rated, added and changed later', () => {
    const discounted = drafted.after(discountDraft({ percent: '10' }), bill(120));
    expect(told(discounted).at(-1)).toBe('Goodwill: Calls -120');
    const added = discounted.after(addDraftLine(), changeDraftLine(callsOf(discounted), usd(5_00n)));
    expect(told(added).slice(-4)).toEqual([
      'Goodwill: Base fee -300',
      'Goodwill: Base fee -300',
      'Goodwill: Calls -50',
      'Goodwill: Setup -500',
    ]);
    expect(totalIn(added.when(finalize).facts)).toBe(103_50n);
  });

  it('is earned when what it takes off is', () => {
    const { facts } = drafted.after(discountDraft({ percent: '10' })).when(finalize);
    expect(facts.filter(({ type }) => type === 'TransferPosted')).toMatchObject([
      { data: { debit: 'receivable', credit: 'deferred_revenue', amount: usd(54_00n) } },
      { data: { debit: 'receivable', credit: 'revenue', amount: usd(8_10n) } },
    ]);
  });

  it('is of this invoice alone: what comes later is billed as it is', () => {
    const issued = drafted.after(discountDraft({ percent: '100' }), finalize);
    expect(billedIn(issued.when(bill(100, 2)).facts)).toEqual([]);
    const voided = drafted.after(discountDraft({ percent: '10' }), finalize, voidInvoice({ catalog }), bill(90, 2));
    expect(linesOf(voided, anId('inv', 2)).map(({ amount }) => amount.minor)).toEqual([30_00n, 30_00n, 9_00n]);
    expect(voided.state.items.size).toBe(0);
  });

  it('is not given back with what it was taken off', () => {
    const MIDDLE = at('2026-01-16T12:00:00Z');
    const fee = given(anAccount()).after(createSubscription({ catalog: aCatalog() }), billAccount({ policy: GRACE }));
    const later = (...changes: readonly AccountCommand[]) =>
      totalIn(
        fee
          .after(...changes, finalizeInvoice(), cancelSubscription({ now: MIDDLE }))
          .when(billAccount({ invoiceId: anId('inv', 2), now: MIDDLE, policy: aPolicy({ zeroInvoices: 'skip' }) }))
          .facts,
      );
    // 14.52 of 30.00 are owed: of 27.00, 12.48 are given back.
    expect(later()).toBe(-15_48n);
    expect(later(discountDraft({ percent: '10' }))).toBe(-12_48n);
    expect(later(discountDraft({ percent: '100' }))).toBeUndefined();
    const { lineId } = linesOf(fee)[0]!;
    expect(later(changeDraftLine(lineId, usd(0n)))).toBeUndefined();
    // What somebody put on it by hand is not owed by the plan, and stays.
    expect(later(changeDraftLine(lineId, usd(40_00n)))).toBe(-15_48n);
  });

  it('leaves to wallets of a charge what is left of that', () => {
    const walleted = given(anAccount()).after(
      openWallet({ scope: { charges: ['calls'] } }),
      createSubscription({ catalog }),
      grantCredit(),
      bill(90),
    );
    const fee = linesOf(walleted)[0]!;
    const issued = walleted.after(changeDraftLine(fee.lineId, usd(0n)), discountDraft({ percent: '10' }), finalize);
    expect(invoiceOf(issued.state, INVOICE).amountFromWallet).toEqual(usd(8_10n));
  });

  it('is for the days of what it is taken off', () => {
    const later = { now: at('2026-03-09T00:00:00Z') };
    const discounted = drafted.after(discountDraft({ percent: '10' }, later), bill(120));
    expect(invoiceOf(discounted.state, INVOICE).period).toEqual(invoiceOf(drafted.state, INVOICE).period);
  });

  it('is told by whole letters', () => {
    const name = '😀'.repeat(126);
    const long = aCatalog({ plans: [aPlan({ charges: [aCharge({ name: `a${'😀'.repeat(127)}` })] })] });
    const discounted = given(anAccount()).after(
      createSubscription({ catalog: long }),
      billAccount({ catalog: long, policy: GRACE }),
      discountDraft({ percent: '10' }, { name }),
    );
    const { description } = linesOf(discounted).at(-1)!;
    expect(description.isWellFormed()).toBe(true);
    expect([...description]).toHaveLength(256);
  });

  it('is taken off again', () => {
    const discounted = drafted.after(discountDraft({ percent: '10' }));
    const removed = discounted.after({ type: 'RemoveDraftDiscount', invoiceId: INVOICE, itemId: anId('itm', 7) });
    expect(told(removed)).toEqual(told(drafted));
    removed
      .when({ type: 'RemoveDraftDiscount', invoiceId: INVOICE, itemId: anId('itm', 7) })
      .thenRefused('invoice_item_not_found');
    discounted.when({ type: 'RemoveInvoiceItem', itemId: anId('itm', 7) }).thenRefused('invoice_item_invoiced');
  });

  it('is of something, on a draft, in its currency', () => {
    const off = (takesOff: Parameters<typeof discountDraft>[0]) => drafted.when(discountDraft(takesOff));
    off({ percent: '0' }).thenRefused('invalid_discount');
    off({ percent: '100.1' }).thenRefused('invalid_discount');
    off({ amount: usd(0n) }).thenRefused('invalid_discount');
    off({ amount: { minor: 1n, currency: 'EUR' } }).thenRefused('currency_mismatch');
    drafted
      .after(finalize)
      .when(discountDraft({ percent: '10' }))
      .thenRefused('invoice_already_finalized');
    drafted
      .after(discountDraft({ percent: '100' }))
      .when(discountDraft({ percent: '10' }, other))
      .thenRefused('discount_not_applicable');
    expect(drafted.when(discountDraft({ percent: '10' })).facts[0]).toMatchObject({ data: { amount: usd(-6_90n) } });
  });
});
