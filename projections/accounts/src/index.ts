import { served, type ReadModel } from '#projection';
import { accountsProjection } from './accounts.projection.js';
import { AccountsQuery } from './accounts.query.js';

export * from './accounts.projection.js';
export * from './accounts.query.js';

export const readModel: ReadModel = {
  projection: accountsProjection,
  queries: [AccountsQuery],
  decides: true,
  served: [
    served('account', AccountsQuery, async (query, tenantId, accounts) => {
      const found = await query.ofAccounts(tenantId, accounts);
      return new Map(found.map(({ account, revision }) => [account.accountId, { ...account, revision }]));
    }),
  ],
};
