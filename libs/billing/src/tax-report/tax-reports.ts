import type { TaxReport } from '#contracts';
import type { DocumentId } from '#kernel';

/** What was told of a document, as in `inv_…:issued`. */
export type TaxReportKey = `${DocumentId}:${TaxReport['report']}`;

export const reportKey = ({ invoiceId, creditNoteId, report }: TaxReport): TaxReportKey =>
  `${creditNoteId ?? invoiceId}:${report}`;
