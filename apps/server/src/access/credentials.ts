import { hash, timingSafeEqual } from 'node:crypto';
import type { TenantMode } from '#billing/tenant';
import { Clock, isBefore, refuse, type ApiKeyId, type Instant, type TenantId } from '#kernel';
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

/** How a credential is looked up: `now`, if what is remembered is not good enough. */
interface Look {
  readonly now?: boolean;
  /** Of the bearer, where it is known already. */
  readonly digest?: string;
}

type Known = Omit<Caller, 'mode' | 'tenantRequestsPerHour'>;

/** What an API key opens, worked out once for as long as it is remembered. */
interface KnownKey {
  readonly caller: Known;
  readonly expiresAt: Instant | null;
}

/** Says of what a caller presents whose it is and what it opens: API keys, and tokens where an issuer is configured. */
@Injectable()
export class Credentials {
  /** By their SHA-256. Requests that want the same one at the same time share a look-up. */
  private readonly keys = new LRUCache<string, KnownKey>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_MILLISECONDS,
    ttlResolution: 0,
    fetchMethod: async (digest) => this.opened(digest, await this.tenants.keyByHash(digest)),
  });
  private readonly standings = new LRUCache<TenantId, Standing>({
    max: REMEMBERED_MAX,
    ttl: REMEMBERED_MILLISECONDS,
    ttlResolution: 0,
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
  async callerWith(bearer: string, { now = false, digest = digestOf(bearer) }: Look = {}): Promise<Caller> {
    const known = TOKEN.test(bearer) ? await this.byToken(bearer) : await this.byApiKey(digest, now);
    const standing = await this.standings.fetch(known.tenantId, { forceRefresh: now });
    if (standing === undefined)
      return refuse('unauthenticated', 'The tenant of this credential is unknown.', 'unauthenticated');
    return callerIn(known, standing) ?? refuse('tenant_suspended', 'This tenant is suspended.', 'forbidden');
  }

  /** The caller with an API key of this SHA-256, as far as nobody has to be asked. */
  remembered(digest: string): Caller | undefined {
    const key = this.keys.get(digest);
    const standing = key && this.isOpen(key) ? this.standings.get(key.caller.tenantId) : undefined;
    return standing && callerIn(key!.caller, standing);
  }

  /** The key whose SHA-256 this is, if there is one that is not revoked. */
  async keyWithDigest(digest: string): Promise<ApiKeyId | undefined> {
    return (await this.keys.fetch(digest))?.caller.actor.id as ApiKeyId | undefined;
  }

  private async byApiKey(digest: string, now: boolean): Promise<Known> {
    const key = await this.keys.fetch(digest, { forceRefresh: now });
    return key !== undefined && this.isOpen(key) ? key.caller : unknownKey();
  }

  private isOpen({ expiresAt }: KnownKey): boolean {
    return expiresAt === null || isBefore(this.clock.now(), expiresAt);
  }

  private opened(digest: string, key: KnownApiKey | undefined): KnownKey | undefined {
    if (key === undefined || !timingSafeEqual(Buffer.from(key.hash), Buffer.from(digest))) return undefined;
    const { role, permissions } = granted(key.scopes);
    const caller: Known = {
      tenantId: key.tenantId,
      actor: { type: 'api_key', id: key.keyId, ...(role === undefined ? {} : { role }) },
      permissions,
      requestsPerHour: key.requestsPerHour ?? this.settings.requestsPerHour,
    };
    return { caller, expiresAt: key.expiresAt };
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

/** As which a bearer is looked up and remembered. */
export const digestOf = (bearer: string): string => hash('sha256', bearer);

export const unknownKey = (): never =>
  refuse('unauthenticated', 'This API key is unknown, expired or revoked.', 'unauthenticated');

/** Undefined where the tenant is suspended. */
const callerIn = (known: Known, { is, requestsPerHour: tenantRequestsPerHour }: Standing): Caller | undefined => {
  switch (is) {
    case 'live':
      return { ...known, mode: is, tenantRequestsPerHour };
    case 'test':
      return { ...known, mode: is, tenantRequestsPerHour, permissions: withinTenant(known.permissions) };
    case 'suspended':
      return undefined;
  }
};

/** What a test credential opens never reaches a live tenant, not even by looking after all of them. */
const withinTenant = (permissions: Caller['permissions']): Caller['permissions'] =>
  new Set([...permissions].filter((permission) => !OF_THE_INSTALLATION.includes(permission)));
