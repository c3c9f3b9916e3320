import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CallerAddresses } from '../../access/caller-addresses.js';
import { currentDoor } from '../../access/door.js';
import { ShutOut, type Entrance } from '../../access/entrance.js';
import { identify } from './caller.js';

/** Asks who is there as soon as the headers are here: of anybody else, what they want is not even read. */
export const authenticateRequests = (
  fastify: FastifyInstance,
  entrance: Entrance,
  addresses: CallerAddresses,
): void => {
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.operation === undefined) return;
    try {
      identify(request, await entrance.callerWith(request.headers.authorization, addressOf(request, addresses)));
    } catch (error) {
      if (error instanceof ShutOut) reply.header('retry-after', error.retrySeconds);
      throw error;
    }
  });
};

/** NATS does not tell where a message comes from. */
const addressOf = ({ raw }: FastifyRequest, addresses: CallerAddresses): string | undefined => {
  const { remoteAddress } = raw.socket;
  if (remoteAddress === undefined || currentDoor() === 'nats') return undefined;
  return addresses.of(remoteAddress, [raw.headers['x-forwarded-for'] ?? []].flat());
};
