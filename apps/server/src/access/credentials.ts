import { hash, timingSafeEqual } from 'node:crypto';
import type { TenantMode } from '#billing/tenant';
import { Clock, isBefore, refuse, type ApiKeyId, type TenantId } from '#kernel';
import { TenantsQuery, type KnownApiKey } from '#projections/tenants';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AccessSettings } from './access-settings.js';
import type { Caller } from './caller.js';
import { granted, OF_THE_INSTALLATION } from './permissions.js';
import { Tokens } from './tokens.js';

/** A revoked key opens doors for this long at the most, and so does a suspended tenant. */
const REMEMBERED_MILLISECONDS = 2_000;
const REMEMBERED_MAX = 10_000;

/** Three parts with dots between: no API key has them. */
const TOKEN = /^[\w-]+\.[\w-]*\.[\w-]*$/;

interface Standing {
  readonly is: TenantMode | 'suspended';
  readonly requestsPerHour: number;
}

/** Whether what is remembered is not good enough. */
interface Look {
  readonly now?: boolean;
}

type Known = Omit<Caller, 'mode' | 'tenantRequestsPerHour'>;

/** Says of what a caller presents whose it is and what it opens: API keys, and tokens where an issuer is configured. */
@Injectable()
export class Credentials {
  /** Requests that want the same one at the same time share a look-up. */
  private readonly keys = new LRUCache<string, KnownApiKey>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_MILLISECONDS,
    fetchMethod: (digest) => this.tenants.keyByHash(digest),
  });
  private readonly standings = new LRUCache<TenantId, Standing>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_MILLISECONDS,
    fetchMethod: async (tenantId) => {
      const [tenant, requestsPerHour] = await Promise.all([
        this.tenants.tenant(tenantId),
        this.tenants.requestsPerHour(tenantId, this.settings.requestsPerHour),
      ]);
      // A tenant that the read model does not know yet may be there in a moment.
      return tenant && { is: tenant.suspended ? 'suspended' : tenant.mode, requestsPerHour };
    },
  });
  private readonly tokens: Tokens | null;

  constructor(
    private readonly tenants: TenantsQuery,
    private readonly clock: Clock,
    private readonly settings: AccessSettings,
  ) {
    this.tokens = settings.tokens && new Tokens(settings.tokens);
  }

  /** @throws DomainError `unauthenticated`, `tenant_suspended`, `unavailable` */
  async callerWith(bearer: string, look: Look = {}): Promise<Caller> {
    const known = TOKEN.test(bearer) ? await this.byToken(bearer) : await this.byApiKey(bearer, look);
    const standing = await this.standings.fetch(known.tenantId, { forceRefresh: look.now === true });
    if (standing === undefined)
      return refuse('unauthenticated', 'The tenant of this credential is unknown.', 'unauthenticated');
    const { is, requestsPerHour: tenantRequestsPerHour } = standing;
    switch (is) {
      case 'live':
        return { ...known, mode: is, tenantRequestsPerHour };
      case 'test':
        return { ...known, mode: is, tenantRequestsPerHour, permissions: withinTenant(known.permissions) };
      case 'suspended':
        return refuse('tenant_suspended', 'This tenant is suspended.', 'forbidden');
    }
  }

  /** The key whose SHA-256 this is, if there is one that is not revoked. */
  async keyWithDigest(digest: string): Promise<ApiKeyId | undefined> {
    return (await this.keys.fetch(digest))?.keyId;
  }

  private async byApiKey(key: string, look: Look): Promise<Known> {
    const digest = hash('sha256', key);
    const known = await this.keys.fetch(digest, { forceRefresh: look.now === true });
    const opens =
      known !== undefined &&
      timingSafeEqual(Buffer.from(known.hash), Buffer.from(digest)) &&
      (!known.expiresAt || isBefore(this.clock.now(), known.expiresAt));
    if (!opens) return unknownKey();
    const { role, permissions } = granted(known.scopes);
    return {
      tenantId: known.tenantId,
      actor: { type: 'api_key', id: known.keyId, ...(role === undefined ? {} : { role }) },
      permissions,
      requestsPerHour: known.requestsPerHour ?? this.settings.requestsPerHour,
    };
  }

  private async byToken(token: string): Promise<Known> {
    if (!this.tokens) return refuse('unauthenticated', 'No tokens are taken here, only API keys.', 'unauthenticated');
    const { tenantId, subject, scopes } = await this.tokens.claimsOf(token);
    const { role, permissions } = granted(scopes);
    return {
      tenantId,
      actor: { type: 'user', id: subject, ...(role === undefined ? {} : { role }) },
      permissions,
      requestsPerHour: this.settings.requestsPerHour,
    };
  }
}

export const unknownKey = (): never =>
  refuse('unauthenticated', 'This API key is unknown, expired or revoked.', 'unauthenticated');

/** What a test credential opens never reaches a live tenant, not even by looking after all of them. */
const withinTenant = (permissions: Caller['permissions']): Caller['permissions'] =>
  new Set([...permissions].filter((permission) => !OF_THE_INSTALLATION.includes(permission)));
