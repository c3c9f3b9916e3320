import { served, type ReadModel } from '#projection';
import { subscriptionsProjection } from './subscriptions.projection.js';
import { SubscriptionsQuery } from './subscriptions.query.js';

export * from './subscriptions.projection.js';
export * from './subscriptions.query.js';

export const readModel: ReadModel = {
  projection: subscriptionsProjection,
  queries: [SubscriptionsQuery],
  decides: true,
  served: [
    served('subscriptions', SubscriptionsQuery, async (query, tenantId, accounts) =>
      Map.groupBy(await query.ofAccounts(tenantId, accounts), ({ accountId }) => accountId),
    ),
  ],
};
