import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';

const callers = new WeakMap<FastifyRequest, Caller>();

export const identify = (request: FastifyRequest, caller: Caller): void => {
  callers.set(request, caller);
};

/** Of a request whose credential was taken. */
export const callerOf = (request: FastifyRequest): Caller => callers.get(request)!;
