import { served, type ReadModel } from '#projection';
import { arAgingProjection } from './ar-aging.projection.js';
import { ArAgingQuery } from './ar-aging.query.js';
import { OutstandingQuery } from './outstanding.query.js';

export * from './ar-aging.projection.js';
export * from './ar-aging.query.js';
export * from './outstanding.query.js';

export const readModel: ReadModel = {
  projection: arAgingProjection,
  queries: [ArAgingQuery, OutstandingQuery],
  rowsOfAccounts: true,
  served: [
    served('outstanding', OutstandingQuery, async (query, tenantId, accounts) => {
      const owed = await query.of(tenantId, accounts);
      return new Map([...owed].map(([accountId, invoices]) => [accountId, Object.fromEntries(invoices)]));
    }),
  ],
};
