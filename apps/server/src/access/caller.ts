import type { TenantMode } from '#billing/tenant';
import type { Actor } from '#contracts';
import type { TenantId } from '#kernel';
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
