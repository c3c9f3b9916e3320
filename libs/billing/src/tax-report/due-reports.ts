import type { Fact, TaxReport } from '#contracts';
import type { CreditNoteId, InvoiceId, LocalDate, TenantId } from '#kernel';
import type { Account } from '../account/account.state.js';
import { isCorrection } from '../credit-note/correction.js';
import { creditNoteOf, creditNotesOn } from '../credit-note/credit-note.js';
import { invoiceOf } from '../invoice/invoice.js';
import type { TaxDocumentReport } from '../tax/ports/tax-provider.js';
import { reportKey } from './tax-reports.js';

/** Facts that whoever said the taxes of a document is told of. */
export type ReportedFact =
  Fact<'InvoiceFinalized'> | Fact<'InvoiceVoided'> | Fact<'CreditNoteIssued'> | Fact<'CreditNoteVoided'>;
export const REPORTED_FACTS = ['InvoiceFinalized', 'InvoiceVoided', 'CreditNoteIssued', 'CreditNoteVoided'] as const;

/** What a fact says, as it is told. */
export const reportOf = ({ type, data }: ReportedFact): TaxReport => ({
  invoiceId: data.invoiceId,
  ...('creditNoteId' in data ? { creditNoteId: data.creditNoteId } : {}),
  report: type === 'InvoiceFinalized' || type === 'CreditNoteIssued' ? 'issued' : 'voided',
});

/** Whether a fact, by itself, leaves it open that something is to be told: not where a document says that its taxes were found here, or that it is told with its billing. */
export const mayBeReported = ({ type, data }: ReportedFact): boolean =>
  type === 'InvoiceFinalized'
    ? data.taxation?.provider !== undefined
    : type !== 'CreditNoteIssued' || !isCorrection({ issued: data });

/**
 * What is still to be told, so that the service hears of a fact after all that comes before it: nobody has to wait for another. Nothing of a document whose taxes
 * were found here, of a draft that is void, and of the credit note of a billing below zero: that billing is told itself.
 */
export const dueReports = (fact: ReportedFact, account: Account, tenantId: TenantId): readonly TaxDocumentReport[] => {
  const { issued } = invoiceOf(account, fact.data.invoiceId);
  if (issued?.taxation?.provider === undefined) return [];
  return upTo(fact, account)
    .filter((report) => account.taxReports.get(reportKey(report)) !== 'told')
    .map((report) => documentOf(report, fact, account, tenantId));
};

const upTo = (fact: ReportedFact, account: Account): readonly TaxReport[] => {
  const { invoiceId } = fact.data;
  const invoice = { invoiceId, report: 'issued' } as const;
  switch (fact.type) {
    case 'InvoiceFinalized':
      return [invoice];
    case 'InvoiceVoided': {
      const notes = creditNotesOn(invoiceOf(account, invoiceId), account).filter((note) => !isCorrection(note));
      return [invoice, ...notes.flatMap(({ id }) => wholeNote(invoiceId, id)), { invoiceId, report: 'voided' }];
    }
    case 'CreditNoteIssued':
    case 'CreditNoteVoided': {
      const { creditNoteId } = fact.data;
      if (isCorrection(creditNoteOf(account, creditNoteId))) return [];
      const note = wholeNote(invoiceId, creditNoteId);
      return [invoice, ...(fact.type === 'CreditNoteVoided' ? note : note.slice(0, 1))];
    }
  }
};

/** All that is told of a credit note that is void. */
const wholeNote = (invoiceId: InvoiceId, creditNoteId: CreditNoteId): readonly TaxReport[] => [
  { invoiceId, creditNoteId, report: 'issued' },
  { invoiceId, creditNoteId, report: 'voided' },
];

const documentOf = (report: TaxReport, fact: ReportedFact, account: Account, tenantId: TenantId): TaxDocumentReport => {
  const { creditNoteId } = report;
  const invoice = invoiceOf(account, report.invoiceId).issued!;
  const note = creditNoteId === undefined ? null : creditNoteOf(account, creditNoteId);
  const { issueDate, taxes, totals } = note?.issued ?? invoice;
  const { reference, fallback } = invoice.taxation!.provider!;
  const { subtotal, tax, total } = totals;
  return {
    ...report,
    tenantId,
    ...(reference === undefined ? {} : { quote: reference }),
    ...(fallback === undefined ? {} : { fallback }),
    issueDate,
    ...(report.report === 'voided' ? { voidedOn: note?.voidedOn ?? voidedOn(fact) } : {}),
    taxes,
    subtotal,
    tax,
    total,
  };
};

/** An invoice is told to be void by the fact that says so alone. */
const voidedOn = ({ data }: ReportedFact): LocalDate => ('bookedOn' in data ? data.bookedOn : data.issueDate);
