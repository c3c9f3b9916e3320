import { refuse } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../access/caller.js';
import { LeasedCounts, type Counted } from '../rate-limits/leased-counts.js';

const SECONDS = 3_600;
const HOUR = SECONDS * 1_000;

/**
 * Not too often? Each credential has a limit of its own, and all of a tenant have one together, or each new key would be another one. Told
 * with every answer, in the headers of draft-ietf-httpapi-ratelimit-headers.
 */
@Injectable()
export class RateLimits {
  constructor(private readonly counts: LeasedCounts) {}

  /** Counts a request; most often that is done at once. @throws DomainError `rate_limited` */
  take({ tenantId, actor, requestsPerHour, tenantRequestsPerHour }: Caller, reply: FastifyReply): Promise<void> | void {
    return afterwards(this.counts.increment(`${tenantId} ${actor.type} ${actor.id}`, HOUR, requestsPerHour), (own) => {
      reply.headers({
        'RateLimit-Policy': `${requestsPerHour};w=${SECONDS}`,
        'RateLimit-Limit': requestsPerHour,
        'RateLimit-Remaining': Math.max(0, requestsPerHour - own.count),
        'RateLimit-Reset': own.secondsLeft,
      });
      // In this order: what a credential is refused for is not taken from its siblings.
      if (own.isBlocked) refuseMore(reply, 'These credentials', requestsPerHour, own.secondsLeft);
      return afterwards(this.counts.increment(tenantId, HOUR, tenantRequestsPerHour), (all) => {
        if (all.isBlocked)
          refuseMore(reply, 'All credentials of this tenant together', tenantRequestsPerHour, all.secondsLeft);
      });
    });
  }
}

const afterwards = (
  counted: Counted | Promise<Counted>,
  next: (counted: Counted) => Promise<void> | void,
): Promise<void> | void => (counted instanceof Promise ? counted.then(next) : next(counted));

const refuseMore = (reply: FastifyReply, who: string, limit: number, secondsLeft: number): never => {
  reply.headers({ 'RateLimit-Remaining': 0, 'RateLimit-Reset': secondsLeft, 'Retry-After': secondsLeft });
  return refuse('rate_limited', `${who} may send ${limit} requests an hour.`, 'too_many');
};
