import type { Actor } from '#contracts';
import type { TenantId } from '#kernel';
import type { FastifyRequest } from 'fastify';
import type { Role } from '../../access/permissions.js';

/** Who sent a request. The tenant comes from the credential, never from the request. */
export interface Caller {
  readonly tenantId: TenantId;
  readonly actor: Actor;
  readonly role: Role;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export const identify = (request: FastifyRequest, caller: Caller): void => {
  callers.set(request, caller);
};

/** Of a request that the guard let through. */
export const callerOf = (request: FastifyRequest): Caller => callers.get(request)!;
