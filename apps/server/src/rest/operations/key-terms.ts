import type { ApiKeyRecord } from '#billing/tenant';
import { refuse, type ApiKeyId } from '#kernel';
import type { ProjectionStatuses } from '#projection';
import type { Caller } from '../../access/caller.js';
import { granted } from '../../access/permissions.js';
import type { ApiKeyResource, IssueApiKeyDto } from './credentials.dto.js';

export const FIRST_SCOPES = ['billing_admin'];

/** A key that is answered opens doors, and one that was revoked soon none; a projector that is away keeps nobody waiting for ever. */
export const untilKnown = (statuses: ProjectionStatuses, position: bigint): Promise<void> =>
  statuses.waitFor(['tenants'], position).catch(() => undefined);

export const termsIn = ({ scopes = FIRST_SCOPES, ...terms }: IssueApiKeyDto) => ({ ...terms, scopes });

/** A key is bound by the one that issues it. A token stands for a person, who comes back with another one. */
export const issuerIn = ({ actor: { type, id } }: Caller): { readonly issuedBy?: ApiKeyId } =>
  type === 'api_key' ? { issuedBy: id as ApiKeyId } : {};

/** Nobody hands out more than they have. @throws DomainError `forbidden` */
export const refuseBeyond = (caller: Caller, scopes: readonly string[], requestsPerHour: number | undefined): void => {
  const missing = [...granted(scopes).permissions].filter((permission) => !caller.permissions.has(permission));
  if (missing.length > 0) {
    refuse('forbidden', `Your credentials do not have all that this key would: ${missing.join(', ')}.`, 'forbidden');
  }
  if ((requestsPerHour ?? 0) > caller.requestsPerHour && !caller.permissions.has('tenants.write')) {
    refuse(
      'forbidden',
      `More than your own ${caller.requestsPerHour} requests an hour takes the permission tenants.write.`,
      'forbidden',
    );
  }
};

export const apiKeyResource = ({ keyId, scopes, ...rest }: ApiKeyRecord): ApiKeyResource => ({
  id: keyId,
  scopes: [...scopes],
  ...rest,
});
