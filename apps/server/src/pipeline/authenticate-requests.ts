import { hash, timingSafeEqual } from 'node:crypto';
import { refuse } from '#kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../access/access-settings.js';
import { CallerAddresses } from '../access/caller-addresses.js';
import { currentDoor } from '../access/door.js';
import { bearerIn, ShutOut, type Entrance } from '../access/entrance.js';
import { identify } from './caller.js';

/** Asks who is there as soon as the headers are here: of anybody else, what they want is not even read. */
export const authenticateRequests = (
  fastify: FastifyInstance,
  entrance: Entrance,
  { trustedProxies, metricsToken }: AccessSettings,
): void => {
  const addresses = new CallerAddresses(trustedProxies);
  fastify.addHook('onRequest', async (request, reply) => {
    const { operation, needs } = request.routeOptions.config;
    const { authorization } = request.headers;
    if (operation === undefined && needs === undefined) return;
    if (needs !== undefined && isToken(metricsToken, authorization)) return;
    try {
      const caller = await entrance.callerWith(authorization, addressOf(request, addresses));
      identify(request, caller);
      if (needs !== undefined && !caller.permissions.has(needs))
        refuse('forbidden', `This takes the permission ${needs}, which your credentials do not have.`, 'forbidden');
    } catch (error) {
      if (error instanceof ShutOut) reply.header('retry-after', error.retrySeconds);
      throw error;
    }
  });
};

const isToken = (token: string | null, authorization: string | undefined): boolean =>
  token !== null && timingSafeEqual(digestOf(token), digestOf(bearerIn(authorization) ?? ''));

const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');

/** NATS does not tell where a message comes from. */
const addressOf = ({ raw }: FastifyRequest, addresses: CallerAddresses): string | undefined => {
  const { remoteAddress } = raw.socket;
  if (remoteAddress === undefined || currentDoor() === 'nats') return undefined;
  return addresses.of(remoteAddress, [raw.headers['x-forwarded-for'] ?? []].flat());
};
