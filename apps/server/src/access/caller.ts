import type { TenantMode } from '#billing/tenant';
import type { Actor } from '#contracts';
import { refuse, type TenantId } from '#kernel';
import type { Permission } from './permissions.js';

/** Who asks. The tenant comes from the credential, never from what is asked. */
export interface Caller {
  readonly tenantId: TenantId;
  readonly mode: TenantMode;
  readonly actor: Actor;
  readonly permissions: ReadonlySet<Permission>;
  readonly requestsPerHour: number;
  /** Of everybody in the tenant together. */
  readonly tenantRequestsPerHour: number;
}

/** @throws DomainError `forbidden` */
export const refuseUnlessAllowed = ({ permissions }: Caller, permission: Permission): void => {
  if (!permissions.has(permission))
    refuse('forbidden', `This takes the permission ${permission}, which your credentials do not have.`, 'forbidden');
};
