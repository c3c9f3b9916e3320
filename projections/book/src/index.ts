import { served, type ReadModel } from '#projection';
import { bookProjection } from './book.projection.js';
import { BookQuery } from './book.query.js';
import { TrialBalanceQuery } from './trial-balance.query.js';

export * from './book.projection.js';
export * from './book.query.js';
export type * from './ledger-totals.js';
export * from './trial-balance.query.js';

export const readModel: ReadModel = {
  projection: bookProjection,
  queries: [BookQuery, TrialBalanceQuery],
  rowsOfAccounts: true,
  served: [
    served('ledger', BookQuery, (query, tenantId, accounts) => query.ofAccounts(tenantId, accounts)),
    served('transfers', BookQuery, (query, tenantId, accounts) => query.transfersOf(tenantId, accounts)),
  ],
};
