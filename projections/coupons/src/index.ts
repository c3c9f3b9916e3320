import type { ReadModel } from '#projection';
import { couponsProjection } from './coupons.projection.js';
import { CouponsQuery } from './coupons.query.js';

export * from './coupons.projection.js';
export * from './coupons.query.js';

export const readModel: ReadModel = {
  projection: couponsProjection,
  queries: [CouponsQuery],
};
