import type { TaxFailure, DocumentTax, InvoicePeriod, Personal, Seller, Taxation } from '#contracts';
import { type AccountId, type BillingRunId, type InvoiceId, type LocalDate, type Money, money, sum } from '#kernel';
import type { Account } from '../account/account.state.js';
import type { CreditNoteRecord } from '../credit-note/credit-note.record.js';
import { creditNotesOn } from '../credit-note/credit-note.js';
import type { DocumentLine } from './invoice-line.js';
import { type InvoiceStatus, amountDue, draftLines, type Invoice } from './invoice.js';

export interface InvoiceRecord {
  readonly invoiceId: InvoiceId;
  readonly accountId: AccountId;
  readonly runId: BillingRunId | null;
  readonly number: string | null;
  readonly status: InvoiceStatus;
  readonly currency: string;
  readonly period: InvoicePeriod;
  readonly issueDate: LocalDate | null;
  readonly dueOn: LocalDate | null;
  readonly overdue: boolean;
  readonly subtotal: Money;
  readonly tax: Money;
  /** By rate. None of a draft: they are found as it is issued. */
  readonly taxes: readonly DocumentTax[];
  /** Null where no tax is charged. */
  readonly taxation: Taxation | null;
  readonly total: Money;
  readonly amountPaid: Money;
  readonly amountCredited: Money;
  readonly amountFromWallet: Money;
  readonly amountDue: Money;
  /** Of a draft that waits for what a service elsewhere says of its taxes, and why that did not. */
  readonly taxStatus: 'pending' | null;
  readonly taxFailure: TaxFailure | null;
  /** Null of a draft, and where it was issued before sellers were told. */
  readonly seller: Seller | null;
  /** Of the days that it speaks of; null where `seller` is. */
  readonly timeZone: string | null;
  readonly billTo: Personal | null;
  /** Also those that are void, in the order in which they were issued. */
  readonly creditNotes: readonly InvoiceCreditNote[];
}

/** A credit note, as its invoice names it. */
export type InvoiceCreditNote = Pick<CreditNoteRecord, 'creditNoteId' | 'number' | 'kind' | 'status' | 'total'>;

/** An invoice with its lines, which are kept apart because most readers of invoices do not need them. */
export interface InvoiceDocument {
  readonly invoice: InvoiceRecord;
  readonly lines: readonly DocumentLine[];
}

export const invoiceRecord = (invoice: Invoice, account: Pick<Account, 'profile' | 'creditNotes'>): InvoiceRecord => {
  const { id, runId, number, status, currency, period, overdue, issued, taxPending } = invoice;
  const { totals, taxes = [], taxation = null, issueDate = null, dueOn = null } = issued ?? {};
  const { seller = null, timeZone = null, personal: billTo = null } = issued ?? {};
  const drafted = totals ? null : draftTotal(draftLines(invoice), currency);
  return {
    invoiceId: id,
    accountId: account.profile!.accountId,
    runId,
    number,
    status,
    currency,
    period,
    issueDate,
    dueOn,
    overdue,
    subtotal: totals?.subtotal ?? drafted!,
    tax: totals?.tax ?? money(0n, currency),
    taxes,
    taxation,
    taxStatus: status === 'draft' && taxPending !== null ? 'pending' : null,
    taxFailure: status === 'draft' ? (taxPending?.failure ?? null) : null,
    total: totals?.total ?? drafted!,
    amountPaid: invoice.amountPaid,
    amountCredited: invoice.amountCredited,
    amountFromWallet: invoice.amountFromWallet,
    amountDue: amountDue(invoice),
    seller,
    timeZone,
    billTo,
    creditNotes: creditNotesOn(invoice, account).map(({ id: creditNoteId, number: given, voidedOn, issued: note }) => ({
      creditNoteId,
      number: given,
      kind: note.kind,
      status: voidedOn === null ? 'issued' : 'void',
      total: note.totals.total,
    })),
  };
};

/** A draft has no totals, also when it was given up: they are what its lines come to. */
export const draftTotal = (lines: readonly DocumentLine[], currency: string) =>
  sum(
    lines.map(({ amount }) => amount),
    currency,
  );
