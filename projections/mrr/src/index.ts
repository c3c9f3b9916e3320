import type { ReadModel } from '#projection';
import { mrrProjection } from './mrr.projection.js';
import { MrrQuery } from './mrr.query.js';

export * from './mrr.projection.js';
export * from './mrr.query.js';

export const readModel: ReadModel = {
  projection: mrrProjection,
  queries: [MrrQuery],
  rowsOfAccounts: true,
};
