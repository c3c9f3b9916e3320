import { served, type ReadModel } from '#projection';
import { invoicesProjection } from './invoices.projection.js';
import { InvoiceNumbersQuery } from './invoice-numbers.query.js';
import { InvoicesQuery } from './invoices.query.js';

export * from './invoice-numbers.query.js';
export * from './invoices.projection.js';
export * from './invoices.query.js';
export * from './unnumbered.query.js';

export const readModel: ReadModel = {
  projection: invoicesProjection,
  queries: [InvoiceNumbersQuery, InvoicesQuery],
  served: [
    served('invoices', InvoicesQuery, async (query, tenantId, accounts) =>
      Map.groupBy(await query.ofAccounts(tenantId, accounts), ({ invoice }) => invoice.accountId),
    ),
  ],
};
