import { served, type ReadModel } from '#projection';
import { paymentsProjection } from './payments.projection.js';
import { PaymentsQuery } from './payments.query.js';

export * from './payments.projection.js';
export * from './payments.query.js';

export const readModel: ReadModel = {
  projection: paymentsProjection,
  queries: [PaymentsQuery],
  served: [
    served('payments', PaymentsQuery, async (query, tenantId, accounts) =>
      Map.groupBy(await query.ofAccounts(tenantId, accounts), ({ accountId }) => accountId),
    ),
  ],
};
