import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AccessSettings } from '../access/access-settings.js';
import { refuseUnlessAllowed, type Caller } from '../access/caller.js';
import { CallerAddresses } from '../access/caller-addresses.js';
import { bearerIn, ShutOut, type Entrance } from '../access/entrance.js';
import type { Permission } from '../access/permissions.js';

/** Asks who is there as soon as the headers are here: of anybody else, what they want is not even read. */
export const authenticateRequests = (
  fastify: FastifyInstance,
  entrance: Entrance,
  { trustedProxies, metricsToken }: AccessSettings,
): void => {
  const addresses = new CallerAddresses(trustedProxies);
  fastify.addHook('onRequest', (request, reply, done) => {
    const { operation, needs } = request.routeOptions.config;
    const { authorization } = request.headers;
    if (operation === undefined && needs === undefined) return done();
    if (needs !== undefined && isToken(metricsToken, authorization)) return done();
    const known = entrance.known(authorization);
    if (known !== undefined && needs === undefined) {
      request.scope.caller = known;
      return done();
    }
    entrance
      .callerWith(authorization, addressOf(request, addresses))
      .then((caller) => admit(request, caller, needs))
      .then(
        () => done(),
        (error: Error) => done(toldWhen(error, reply)),
      );
  });
};

const admit = ({ scope }: FastifyRequest, caller: Caller, needs: Permission | undefined): void => {
  scope.caller = caller;
  if (needs !== undefined) refuseUnlessAllowed(caller, needs);
};

const toldWhen = (error: Error, reply: FastifyReply): Error => {
  if (error instanceof ShutOut) reply.header('retry-after', error.retrySeconds);
  return error;
};

const isToken = (token: string | null, authorization: string | undefined): boolean =>
  token !== null && timingSafeEqual(digestOf(token), digestOf(bearerIn(authorization) ?? ''));

const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');

/** NATS does not tell where a message comes from. */
const addressOf = ({ raw, scope }: FastifyRequest, addresses: CallerAddresses): string | undefined => {
  const { remoteAddress } = raw.socket;
  if (remoteAddress === undefined || scope.door === 'nats') return undefined;
  return addresses.of(remoteAddress, [raw.headers['x-forwarded-for'] ?? []].flat());
};
