import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';

/** Of a request whose credential was taken: of every operation. */
export const callerOf = ({ scope }: FastifyRequest): Caller => scope.caller!;
