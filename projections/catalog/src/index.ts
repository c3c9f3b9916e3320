import type { ReadModel } from '#projection';
import { catalogProjection } from './catalog.projection.js';
import { CatalogQuery } from './catalog.query.js';

export * from './catalog.projection.js';
export * from './catalog.query.js';

export const readModel: ReadModel = {
  projection: catalogProjection,
  queries: [CatalogQuery],
};
