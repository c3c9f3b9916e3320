import 'reflect-metadata';
import { ROLES } from '../../apps/server/src/access/permissions.js';
import type { DeclaredRoute } from '../../apps/server/src/pipeline/declared-route.js';
import { declaredRoutes } from '../../apps/server/src/rest/declared-routes.js';

export type Route = DeclaredRoute;
export const routes = declaredRoutes;

/** Whether a tenant's own credentials open it. */
export const isForInstallation = ({ operation }: Route): boolean =>
  operation !== undefined && !ROLES.billing_admin.includes(operation.permission);
