import { served, type ReadModel } from '#projection';
import { usageProjection } from './usage.projection.js';
import { ReadingsQuery } from './readings.query.js';
import { TopConsumersQuery } from './top-consumers.query.js';
import { UsageReadingsQuery } from './usage-readings.query.js';
import { UsageReportQuery } from './usage-report.query.js';

export * from './readings.query.js';
export * from './top-consumers.query.js';
export type { ReadingsCut } from './current-readings.js';
export * from './usage-readings.query.js';
export * from './usage-report.query.js';
export * from './usage.projection.js';
export * from './usage.tables.js';

export const readModel: ReadModel = {
  projection: usageProjection,
  queries: [ReadingsQuery, TopConsumersQuery, UsageReadingsQuery, UsageReportQuery],
  decides: true,
  served: [served('usage', UsageReadingsQuery, (query, tenantId, accounts) => query.summariesOf(tenantId, accounts))],
};
