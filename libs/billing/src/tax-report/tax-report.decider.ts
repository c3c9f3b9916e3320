import type { AccountFact, TaxReportFact } from '#contracts';
import type { Account } from '../account/account.state.js';
import type { Slice } from '../account/slice.js';
import { creditNoteOf } from '../credit-note/credit-note.js';
import { invoiceOf } from '../invoice/invoice.js';
import type { TaxReportCommand, TaxReportOutcome } from './tax-report.commands.js';
import { reportKey } from './tax-reports.js';

/** What is known already is left out: several facts ask for the same. */
const record = ({ reports }: TaxReportCommand, account: Account): readonly AccountFact[] =>
  reports.flatMap((outcome) => recorded(outcome, account));

const recorded = (outcome: TaxReportOutcome, account: Account): readonly AccountFact[] => {
  if (outcome.creditNoteId === undefined) invoiceOf(account, outcome.invoiceId);
  else creditNoteOf(account, outcome.creditNoteId);
  const before = account.taxReports.get(reportKey(outcome));
  if ('reference' in outcome) return before === 'told' ? [] : [{ type: 'TaxDocumentReported', data: outcome }];
  return before === undefined ? [{ type: 'TaxDocumentReportFailed', data: outcome }] : [];
};

export const taxReportSlice: Slice<TaxReportCommand, TaxReportFact> = {
  decide: { RecordTaxReports: record },
  evolve: {
    TaxDocumentReported({ taxReports }, data) {
      taxReports.set(reportKey(data), 'told');
    },
    TaxDocumentReportFailed({ taxReports }, data) {
      taxReports.set(reportKey(data), 'failed');
    },
  },
};
