import { refuse } from '#kernel';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Caller } from '../access/caller.js';
import { RequestCounts } from './request-counts.js';

const SECONDS = 3_600;

/**
 * Not too often? Each credential has a limit of its own, and all of a tenant have one together, or each new key would be another one. Told
 * with every answer, in the headers of draft-ietf-httpapi-ratelimit-headers.
 */
@Injectable()
export class RateLimits {
  private readonly counts = new RequestCounts(SECONDS);

  /** Counts a request. @throws DomainError `rate_limited` */
  take({ tenantId, actor, requestsPerHour, tenantRequestsPerHour }: Caller, reply: FastifyReply): void {
    const own = this.counts.increment(`${tenantId} ${actor.type} ${actor.id}`);
    reply.headers({
      'RateLimit-Policy': `${requestsPerHour};w=${SECONDS}`,
      'RateLimit-Limit': requestsPerHour,
      'RateLimit-Remaining': Math.max(0, requestsPerHour - own.count),
      'RateLimit-Reset': own.secondsLeft,
    });
    // In this order: what a credential is refused for is not taken from its siblings.
    if (own.count > requestsPerHour) refuseMore(reply, 'These credentials', requestsPerHour, own.secondsLeft);
    const all = this.counts.increment(tenantId);
    if (all.count > tenantRequestsPerHour)
      refuseMore(reply, 'All credentials of this tenant together', tenantRequestsPerHour, all.secondsLeft);
  }
}

const refuseMore = (reply: FastifyReply, who: string, limit: number, secondsLeft: number): never => {
  reply.headers({ 'RateLimit-Remaining': 0, 'RateLimit-Reset': secondsLeft, 'Retry-After': secondsLeft });
  return refuse('rate_limited', `${who} may send ${limit} requests an hour.`, 'too_many');
};
