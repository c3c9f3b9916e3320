import type { ReadModel } from '#projection';
import { revenueProjection } from './revenue.projection.js';
import { RevenueQuery } from './revenue.query.js';

export * from './revenue.projection.js';
export * from './revenue.query.js';
export * from './unbooked.query.js';

export const readModel: ReadModel = {
  projection: revenueProjection,
  queries: [RevenueQuery],
  decides: true,
  rowsOfAccounts: true,
};
