import type { ReadModel } from '#projection';
import { tenantsProjection } from './tenants.projection.js';
import { TenantsQuery } from './tenants.query.js';

export * from './tenant-directory.query.js';
export * from './tenants.projection.js';
export * from './tenants.query.js';

export const readModel: ReadModel = {
  projection: tenantsProjection,
  queries: [TenantsQuery],
  decides: true,
};
