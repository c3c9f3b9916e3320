import type { ReadModel } from '#projection';
import { auditLogProjection } from './audit-log.projection.js';
import { AuditLogQuery } from './audit-log.query.js';

export * from './audit-log.projection.js';
export * from './audit-log.query.js';

export const readModel: ReadModel = {
  projection: auditLogProjection,
  queries: [AuditLogQuery],
};
