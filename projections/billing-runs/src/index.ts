import type { ReadModel } from '#projection';
import { billingRunsProjection } from './billing-runs.projection.js';
import { BillingRunsQuery } from './billing-runs.query.js';

export * from './billing-runs.projection.js';
export * from './billing-runs.query.js';

export const readModel: ReadModel = {
  projection: billingRunsProjection,
  queries: [BillingRunsQuery],
  decides: true,
};
