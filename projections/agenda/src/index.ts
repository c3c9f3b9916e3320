import type { ReadModel } from '#projection';
import { agendaProjection } from './agenda.projection.js';
import { AgendaQuery } from './agenda.query.js';
import { JobsQuery } from './jobs.query.js';

export * from './agenda.projection.js';
export * from './agenda.query.js';
export * from './jobs.query.js';
export { listDueAccounts } from './due-accounts.query.js';

export const readModel: ReadModel = {
  projection: agendaProjection,
  queries: [AgendaQuery, JobsQuery],
  decides: true,
  rowsOfAccounts: true,
};
