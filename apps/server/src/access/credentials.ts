import { hash, timingSafeEqual } from 'node:crypto';
import { Clock, isBefore, refuse, type TenantId } from '#kernel';
import { TenantsQuery, type KnownApiKey } from '#projections/tenants';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AccessSettings } from './access-settings.js';
import type { Caller } from './caller.js';
import { granted } from './permissions.js';
import { Tokens } from './tokens.js';

/** A revoked key opens doors for this long at the most, and so does a suspended tenant. */
const REMEMBERED_MILLISECONDS = 2_000;
const REMEMBERED_MAX = 10_000;

/** Three parts with dots between: no API key has them. */
const TOKEN = /^[\w-]+\.[\w-]*\.[\w-]*$/;

type Standing = 'active' | 'suspended' | 'unknown';

/** Says of what a caller presents whose it is and what it opens: API keys, and tokens where an issuer is configured. */
@Injectable()
export class Credentials {
  private readonly keys = new LRUCache<string, KnownApiKey>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MILLISECONDS });
  private readonly standings = new LRUCache<TenantId, Standing>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MILLISECONDS });
  private readonly tokens: Tokens | null;

  constructor(
    private readonly tenants: TenantsQuery,
    private readonly clock: Clock,
    private readonly settings: AccessSettings,
  ) {
    this.tokens = settings.tokens && new Tokens(settings.tokens);
  }

  /** @throws DomainError `unauthenticated`, `tenant_suspended`, `unavailable` */
  async callerWith(bearer: string): Promise<Caller> {
    const caller = TOKEN.test(bearer) ? await this.byToken(bearer) : await this.byApiKey(bearer);
    switch (await this.standingOf(caller.tenantId)) {
      case 'active':
        return caller;
      case 'suspended':
        return refuse('tenant_suspended', 'This tenant is suspended.', 'forbidden');
      case 'unknown':
        return refuse('unauthenticated', 'The tenant of this credential is unknown.', 'unauthenticated');
    }
  }

  private async byApiKey(key: string): Promise<Caller> {
    const digest = hash('sha256', key);
    const known = this.keys.get(digest) ?? (await this.tenants.keyByHash(digest));
    const opens =
      known !== undefined &&
      timingSafeEqual(Buffer.from(known.hash), Buffer.from(digest)) &&
      (!known.expiresAt || isBefore(this.clock.now(), known.expiresAt));
    if (!opens) return refuse('unauthenticated', 'This API key is unknown, expired or revoked.', 'unauthenticated');
    // Once per look-up: a key in steady use is to be looked up again, too.
    if (!this.keys.has(digest)) this.keys.set(digest, known);
    const { role, permissions } = granted(known.scopes);
    return {
      tenantId: known.tenantId,
      actor: { type: 'api_key', id: known.keyId, ...(role === undefined ? {} : { role }) },
      permissions,
      requestsPerHour: known.requestsPerHour ?? this.settings.requestsPerHour,
    };
  }

  private async byToken(token: string): Promise<Caller> {
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

  private async standingOf(tenantId: TenantId): Promise<Standing> {
    const remembered = this.standings.get(tenantId);
    if (remembered !== undefined) return remembered;
    const tenant = await this.tenants.tenant(tenantId);
    const standing = tenant === undefined ? 'unknown' : tenant.suspended ? 'suspended' : 'active';
    // A tenant that the read model does not know yet may be there in a moment.
    if (standing !== 'unknown') this.standings.set(tenantId, standing);
    return standing;
  }
}
