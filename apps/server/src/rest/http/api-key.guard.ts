import { hash } from 'node:crypto';
import { refuse } from '#kernel';
import { TenantsQuery, type KnownApiKey } from '#projections/tenants';
import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { operationOf } from '../../access/operation.js';
import { roleOfScopes, ROLES, type Permission } from '../../access/permissions.js';
import { identify } from './caller.js';

export const PUBLIC = 'recount:public';

/** Open to everybody: health, metrics, documentation. */
export const Public = () => SetMetadata(PUBLIC, true);

/** A revoked key opens doors for this long at the most. */
const REMEMBERED_MILLISECONDS = 2_000;

@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly known = new LRUCache<string, KnownApiKey>({ max: 10_000, ttl: REMEMBERED_MILLISECONDS });

  constructor(
    private readonly tenants: TenantsQuery,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { tenantId, keyId, scopes } = await this.keyOf(request);
    const role = roleOfScopes(scopes);
    const { permission } = operationOf(context.getHandler())!;
    if (!(ROLES[role] as readonly Permission[]).includes(permission)) {
      return refuse('forbidden', `This takes the permission ${permission}, which ${role} does not have.`, 'forbidden');
    }
    identify(request, { tenantId, actor: { type: 'api_key', id: keyId }, role });
    return true;
  }

  private async keyOf({ headers: { authorization } }: FastifyRequest): Promise<KnownApiKey> {
    const [, key] = /^Bearer ([\x21-\x7e]{1,256})$/i.exec(authorization ?? '') ?? [];
    if (key === undefined) {
      return refuse('unauthenticated', 'Send your API key as “Authorization: Bearer <key>”.', 'unauthenticated');
    }
    const digest = hash('sha256', key);
    const known = this.known.get(digest);
    if (known) return known;
    const found = await this.tenants.keyByHash(digest);
    if (!found) return refuse('unauthenticated', 'This API key is unknown or revoked.', 'unauthenticated');
    // Once per look-up: a key in steady use is to be looked up again, too.
    this.known.set(digest, found);
    return found;
  }
}
