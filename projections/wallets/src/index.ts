import { served, type ReadModel } from '#projection';
import { walletsProjection } from './wallets.projection.js';
import { WalletsQuery } from './wallets.query.js';

export * from './accounts-to-look-at.query.js';
export * from './wallets.projection.js';
export * from './wallets.query.js';

export const readModel: ReadModel = {
  projection: walletsProjection,
  queries: [WalletsQuery],
  served: [
    served('wallets', WalletsQuery, async (query, tenantId, accounts) =>
      Map.groupBy(await query.ofAccounts(tenantId, accounts), ({ accountId }) => accountId),
    ),
  ],
};
