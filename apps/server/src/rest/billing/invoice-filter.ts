import type { InvoiceFilter } from '#projections/invoices';
import { mapped } from '../../pipeline/mapped.js';
import type { InvoicesQueryDto } from './billing-queries.dto.js';

/** What a caller asks of invoices, in the words of the read model. */
export const invoiceFilter = (query: InvoicesQueryDto): InvoiceFilter => ({
  ...mapped('status', query.status),
  ...mapped('accountId', query.accountId),
  ...mapped('runId', query.billingRunId),
  ...mapped('createdFrom', query['createdAt[gte]']),
  ...mapped('createdTo', query['createdAt[lt]']),
  ...mapped('number', query.number),
  ...mapped('currency', query.currency),
  ...mapped('overdue', query.overdue),
  ...mapped('issuedFrom', query['issueDate[gte]']),
  ...mapped('issuedTo', query['issueDate[lte]']),
  ...mapped('dueFrom', query['dueOn[gte]']),
  ...mapped('dueTo', query['dueOn[lte]']),
  ...mapped('totalFrom', query['total[gte]']),
  ...mapped('totalTo', query['total[lte]']),
});
