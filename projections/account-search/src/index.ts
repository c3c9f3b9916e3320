import type { ReadModel } from '#projection';
import { accountSearchProjection } from './account-search.projection.js';

export * from './account-search.projection.js';

export const readModel: ReadModel = {
  projection: accountSearchProjection,
};
