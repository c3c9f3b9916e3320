import type { TaxReport } from '#contracts';

/** What became of telling it: the service took it, or why it did not. */
export type TaxReportOutcome = TaxReport &
  ({ readonly reference: string } | { readonly code: string; readonly detail: string });

export interface TaxReportCommand {
  readonly type: 'RecordTaxReports';
  readonly reports: readonly TaxReportOutcome[];
}
