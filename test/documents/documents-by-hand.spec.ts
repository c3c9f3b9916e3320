import { accountDecider } from '#billing/account';
import { creditNoteDocument, creditNoteOf } from '#billing/credit-note';
import { allLines, amountDue, invoiceOf, invoiceRecord, taxPerLine, type DocumentLine } from '#billing/invoice';
import type { TaxTerms } from '#billing/tax';
import { brokenRules, ciiOf, creditNoteSource, eInvoice, ublOf, type DocumentSource, type EInvoice } from '#documents';
import { majorUnits, parseMoney, type InvoiceId, type Money } from '#kernel';
import { bookBalance } from '#ledger';
import {
  ACCOUNT,
  addInvoiceItem,
  anAccount,
  anId,
  applyDiscount,
  billAccount,
  BUYER,
  cancelSubscription,
  createSubscription,
  givenFor,
  grantCredit,
  INVOICE,
  issueCreditNote,
  on,
  openWallet,
  SELLER,
  type AccountGiven,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { CASES, GERMANY, type Case, type Expected } from './cases.js';

const given = givenFor(accountDecider);
const SECOND = anId('inv', 2);

const termsOf = ({ settings, rates, buyer }: Case): TaxTerms => ({
  settings: { rounding: 'document', prices: 'exclusive', ...GERMANY.settings, ...settings },
  rates: rates ?? GERMANY.rates,
  buyer: { country: 'DE', region: null, isBusiness: false, ...buyer },
});

/** What is due is billed, and then noted or corrected. */
const told = (
  one: Case,
): { readonly story: AccountGiven; readonly invoiceId: InvoiceId; readonly lines: readonly DocumentLine[] } => {
  const {
    currency = one.lines === undefined ? 'USD' : 'EUR',
    exempt,
    lines: items,
    discounts = [],
    grant,
    cancelAt,
    notes = [],
  } = one;
  const amount = (text: string): Money => parseMoney(text, currency);
  const opened = given(anAccount({ currency, taxStatus: exempt ? 'exempt' : 'taxable' }));
  const ordered =
    items === undefined
      ? opened.after(createSubscription())
      : opened.after(
          ...items.map((item, index) => {
            const line = typeof item === 'string' ? { amount: item } : item;
            const taxClass = 'taxClass' in line ? { taxClass: line.taxClass } : {};
            return addInvoiceItem({
              itemId: anId('itm', index + 1),
              price: { amount: amount(line.amount) },
              ...taxClass,
            });
          }),
        );
  const agreed = ordered.after(
    ...discounts.map(({ percent, amount: off }, index) =>
      applyDiscount({
        discountId: anId('dsc', index + 1),
        terms: off === undefined ? { percent: percent! } : { amount: amount(off) },
      }),
    ),
    ...(grant === undefined
      ? []
      : [
          openWallet(),
          grantCredit({ amount: amount(grant.amount), ...(grant.expiresAt ? { expiresAt: grant.expiresAt } : {}) }),
        ]),
  );
  const tax = termsOf(one);
  const { facts } = agreed.when(billAccount({ tax }));
  const billed = linesOf(facts);
  const issued = agreed.and(...facts);
  if (cancelAt !== undefined) {
    const canceled = issued.after(cancelSubscription({ now: cancelAt }));
    const again = canceled.when(billAccount({ invoiceId: SECOND, now: cancelAt, tax })).facts;
    return { story: canceled.and(...again), invoiceId: SECOND, lines: linesOf(again) };
  }
  const noted = issued.after(
    ...notes.map((note, index) =>
      issueCreditNote(billed, {
        creditNoteId: anId('crn', index + 1),
        ...(note === 'rest' ? { kind: 'cancellation' as const } : { amount: amount(note) }),
      }),
    ),
  );
  return { story: noted, invoiceId: INVOICE, lines: billed };
};

const linesOf = (facts: ReturnType<AccountGiven['when']>['facts']): DocumentLine[] =>
  facts.flatMap((fact) => (fact.type === 'InvoiceLinesAdded' ? allLines(fact.data) : []));

const totalsIn = (...amounts: readonly Money[]): string => amounts.map((one) => majorUnits(one)).join(' ');

/** What programs read: the totals, and each tax, in both formats. */
const expectXml = (document: EInvoice, [net, tax, total]: readonly string[]): void => {
  const { currency } = document;
  const ubl = ublOf(document, 'en16931');
  const said = (name: string): string | undefined =>
    new RegExp(`<cbc:${name} currencyID="${currency}">([^<]*)<`, 'u').exec(ubl)?.[1];
  expect([said('TaxExclusiveAmount'), said('TaxAmount'), said('TaxInclusiveAmount')]).toEqual([net, tax, total]);
  const cii = ciiOf(document, 'en16931');
  const read = (name: string): string | undefined =>
    new RegExp(`<ram:${name}(?: currencyID="${currency}")?>([^<]*)<`, 'u').exec(cii)?.[1];
  expect([read('TaxBasisTotalAmount'), read('TaxTotalAmount'), read('GrandTotalAmount')]).toEqual([net, tax, total]);
};

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n);

describe('documents that were worked out by hand', () => {
  it('are forty at the least', () => expect(Object.keys(CASES).length).toBeGreaterThanOrEqual(40));

  it.each(Object.entries(CASES))('%s: lines are totals, book and XML', (_, one) => {
    const { story, invoiceId, lines } = told(one);
    const { state } = story;
    const invoice = invoiceOf(state, invoiceId);
    const record = { ...invoiceRecord(invoice, state), number: 'INV-1' };
    const { subtotal, tax, taxes, taxation, total, currency } = record;

    const found: Expected = {
      net: majorUnits(subtotal),
      taxes: taxes.map(({ category, rate, base, amount }) => `${category} ${rate} ${totalsIn(base, amount)}`),
      total: majorUnits(total),
      ...(one.expected.due === undefined ? {} : { due: majorUnits(amountDue(invoice)) }),
      ...(one.notes === undefined
        ? {}
        : {
            notes: [...state.creditNotes.values()].map(({ issued: { totals } }) =>
              totalsIn(totals.subtotal, totals.tax, totals.total),
            ),
          }),
    };
    expect(found).toEqual(one.expected);

    const ofLines = taxPerLine(lines, taxes, taxation);
    expect(sumOf(ofLines)).toBe(tax.minor);
    const isInside = taxation?.prices === 'inclusive';
    expect(sumOf(lines.map(({ amount }) => amount.minor))).toBe(isInside ? total.minor : subtotal.minor);

    const owed = [...state.invoices.values()].map((each) => amountDue(each).minor);
    expect(bookBalance(state.book, 'receivable', currency)).toBe(sumOf(owed));
    const notes = [...state.creditNotes.values()].filter(({ issued }) => issued.kind !== 'correction');
    const issued = [...state.invoices.values()].map((each) => each.issued!.totals);
    const left = (of: 'subtotal' | 'tax'): bigint =>
      sumOf(issued.map((totals) => totals[of].minor)) - sumOf(notes.map((note) => note.issued.totals[of].minor));
    expect(bookBalance(state.book, 'tax_payable', currency)).toBe(left('tax'));
    const sales = bookBalance(state.book, 'revenue', currency) + bookBalance(state.book, 'deferred_revenue', currency);
    expect(sales).toBe(left('subtotal'));

    const parties = { seller: SELLER, buyer: BUYER, timeZone: 'UTC' };
    const document = { invoice: record, lines };
    const source: DocumentSource = { document, taxPerLine: isInside ? ofLines : lines.map(() => 0n), ...parties };
    const preceding = [{ number: 'INV-1', issueDate: on('2026-01-01') }];
    for (const note of state.creditNotes.values()) {
      const noted = { ...creditNoteDocument(creditNoteOf(state, note.id), ACCOUNT), number: 'CN-1' };
      const credit = eInvoice({ ...creditNoteSource(noted, document, preceding), ...parties }, 'en');
      expectXml(credit, [majorUnits(noted.subtotal), majorUnits(noted.tax), majorUnits(noted.total)]);
      expect(brokenRules(credit, 'en16931').map(({ rule }) => rule)).toEqual([]);
    }
    if (one.cancelAt !== undefined) return;
    const written = eInvoice(source, 'en');
    expectXml(written, [majorUnits(subtotal), majorUnits(tax), majorUnits(total)]);
    expect([...new Set(brokenRules(written, 'en16931').map(({ rule }) => rule))]).toEqual(one.breaks ?? []);
  });
});
