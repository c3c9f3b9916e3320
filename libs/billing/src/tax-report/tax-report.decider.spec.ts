import type { AccountFact } from '#contracts';
import {
  aCatalog,
  anAccount,
  anId,
  at,
  billAccount,
  cancelSubscription,
  createSubscription,
  givenFor,
  GRACE,
  INVOICE,
  issueCreditNote,
  like,
  linesIn,
  taxedBy,
  TENANT,
  usd,
  voidCreditNote,
  voidInvoice,
} from '#testing';
import { describe, expect, it } from '@jest/globals';
import { accountDecider } from '../account/account.decider.js';
import type { Account } from '../account/account.state.js';
import type { TaxQuote } from '../tax/tax-terms.js';
import { dueReports, mayBeReported, REPORTED_FACTS, type ReportedFact } from './due-reports.js';
import type { TaxReportOutcome } from './tax-report.commands.js';

const given = givenFor(accountDecider);
const NOTE = anId('crn');
const flat = { basisPoints: 800, b2bExempt: false };
const elsewhere = (quote?: TaxQuote) => ({
  ...taxedBy([], { provider: 'http', country: 'US', flat }),
  ...(quote === undefined ? {} : { quote }),
});
const STANDING_IN = elsewhere({ fallback: 'fallback_rate', failure: 'unavailable' });

const subscribed = given(anAccount()).after(createSubscription({ catalog: aCatalog() }));
const bill = billAccount({ tax: STANDING_IN });
const issued = subscribed.after(bill);
const lines = linesIn(subscribed.when(bill).facts);
const credit = issueCreditNote(lines);
const factIn = (facts: readonly AccountFact[], type: ReportedFact['type']): ReportedFact =>
  facts.find((fact) => fact.type === type) as ReportedFact;
const isReported = (fact: AccountFact): fact is ReportedFact =>
  (REPORTED_FACTS as readonly string[]).includes(fact.type);
const FINALIZED = factIn(subscribed.when(bill).facts, 'InvoiceFinalized');
const due = (fact: ReportedFact, account: Account): unknown =>
  dueReports(fact, account, TENANT).map(
    ({ invoiceId, creditNoteId, report }) => `${creditNoteId ?? invoiceId} ${report}`,
  );
const told = (report: TaxReportOutcome['report'], creditNoteId?: typeof NOTE): TaxReportOutcome => ({
  invoiceId: INVOICE,
  ...(creditNoteId === undefined ? {} : { creditNoteId }),
  report,
  reference: 'txn-1',
});
const refused: TaxReportOutcome = { invoiceId: INVOICE, report: 'issued', code: 'refused', detail: 'It answers 422.' };
const record = (...reports: TaxReportOutcome[]) => ({ type: 'RecordTaxReports', reports }) as const;

describe('what a service that says taxes is told', () => {
  it('is that an invoice was issued, by its taxes and totals', () => {
    expect(dueReports(FINALIZED, issued.state, TENANT)).toEqual([
      {
        tenantId: TENANT,
        invoiceId: INVOICE,
        report: 'issued',
        fallback: 'fallback_rate',
        issueDate: '2026-01-01',
        taxes: [expect.objectContaining({ code: 'flat', rate: '8', base: usd(30_00n), amount: usd(2_40n) })],
        subtotal: usd(30_00n),
        tax: usd(2_40n),
        total: usd(32_40n),
      },
    ]);
  });

  it('is that it is void, and before that all that was not told yet', () => {
    const { facts, state } = issued.when(voidInvoice());
    const voided = factIn(facts, 'InvoiceVoided');
    expect(due(voided, state)).toEqual([`${INVOICE} issued`, `${INVOICE} voided`]);
    expect(dueReports(voided, state, TENANT)[1]).toMatchObject({
      voidedOn: (voided.data as { bookedOn: string }).bookedOn,
    });
    const known = issued.after(record(told('issued')));
    expect(due(voided, known.when(voidInvoice()).state)).toEqual([`${INVOICE} voided`]);
    expect(due(voided, known.after(voidInvoice()).after(record(told('voided'))).state)).toEqual([]);
    // What was refused is told once more: the service may know by now what it did not.
    expect(due(FINALIZED, issued.after(record(refused)).state)).toEqual([`${INVOICE} issued`]);
  });

  it('is that a credit note was issued, and is void, after its invoice', () => {
    const credited = issued.when(credit);
    const noted = factIn(credited.facts, 'CreditNoteIssued');
    expect(mayBeReported(noted)).toBe(true);
    expect(due(noted, credited.state)).toEqual([`${INVOICE} issued`, `${NOTE} issued`]);
    const { facts, state } = issued.after(credit).when(voidCreditNote());
    const back = factIn(facts, 'CreditNoteVoided');
    expect(due(back, state)).toEqual([`${INVOICE} issued`, `${NOTE} issued`, `${NOTE} voided`]);
    const [, note, end] = dueReports(back, state, TENANT);
    expect(note).toMatchObject({ invoiceId: INVOICE, creditNoteId: NOTE, taxes: [{ code: 'flat' }] });
    expect(note).not.toHaveProperty('voidedOn');
    expect(end).toMatchObject({ voidedOn: (back.data as { bookedOn: string }).bookedOn });
    const gone = issued.after(credit, voidCreditNote()).when(voidInvoice());
    expect(due(factIn(gone.facts, 'InvoiceVoided'), gone.state)).toEqual([
      `${INVOICE} issued`,
      `${NOTE} issued`,
      `${NOTE} voided`,
      `${INVOICE} voided`,
    ]);
  });

  it('is a billing below zero, and not its credit note as well', () => {
    const middle = at('2026-01-16T12:00:00Z');
    const next = billAccount({ invoiceId: anId('inv', 2), now: middle, tax: STANDING_IN });
    const { facts, state } = issued.after(cancelSubscription({ now: middle })).when(next);
    expect(due(factIn(facts, 'InvoiceFinalized'), state)).toEqual([`${anId('inv', 2)} issued`]);
    expect(due(factIn(facts, 'CreditNoteIssued'), state)).toEqual([]);
    expect(facts.filter(isReported).map((fact) => [fact.type, mayBeReported(fact)])).toEqual([
      ['InvoiceFinalized', true],
      ['CreditNoteIssued', false],
    ]);
  });

  it('is nothing of a draft, and of what it was never to be asked about', () => {
    const own = subscribed.when(billAccount());
    expect(due(factIn(own.facts, 'InvoiceFinalized'), own.state)).toEqual([]);
    expect(mayBeReported(factIn(own.facts, 'InvoiceFinalized'))).toBe(false);
    const drafted = subscribed.after(billAccount({ policy: GRACE, tax: elsewhere() }));
    const gone = drafted.after(cancelSubscription()).when(billAccount({ tax: elsewhere() }));
    expect(due(factIn(gone.facts, 'InvoiceVoided'), gone.state)).toEqual([]);
  });
});

describe('what became of telling it', () => {
  it('is in the log once', () => {
    issued.when(record(told('issued'))).then({ type: 'TaxDocumentReported', data: told('issued') });
    const known = issued.after(record(told('issued')));
    known.when(record(told('issued'))).thenNothing();
    known.when(record(refused)).thenNothing();
    known
      .after(credit)
      .when(record(told('issued'), told('issued', NOTE)))
      .then({ type: 'TaxDocumentReported', data: told('issued', NOTE) });
  });

  it('may still be that it was taken, after it was not', () => {
    issued.when(record(refused)).then({ type: 'TaxDocumentReportFailed', data: refused });
    const failed = issued.after(record(refused));
    failed.when(record(refused)).thenNothing();
    failed.when(record(told('issued'))).then(like('TaxDocumentReported', { reference: 'txn-1' }));
  });

  it('is of documents that are there', () => {
    subscribed.when(record(told('issued'))).thenRefused('invoice_not_found');
    issued.when(record(told('issued', NOTE))).thenRefused('credit_note_not_found');
  });
});
