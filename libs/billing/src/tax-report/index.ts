export { RecordTaxReports } from './use-cases/record-tax-reports.handler.js';
export type { TaxReportOutcome } from './tax-report.commands.js';
export { dueReports, mayBeReported, reportOf, REPORTED_FACTS, type ReportedFact } from './due-reports.js';
