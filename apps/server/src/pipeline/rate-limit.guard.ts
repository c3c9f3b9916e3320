import { createRequire } from 'node:module';
import { refuse } from '#kernel';
import { Injectable, type ExecutionContext } from '@nestjs/common';
import type * as throttler from '@nestjs/throttler';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isPublic } from './authentication.guard.js';
import { callerOf } from './caller.js';
import { RequestCounts } from './request-counts.js';

// CommonJS that requires Nest's ES modules: it is loaded once these are there, or a loader that is strict about cycles refuses it.
const { hours, ThrottlerGuard, ThrottlerModule } = createRequire(import.meta.url)(
  '@nestjs/throttler',
) as typeof throttler;

type Guard = InstanceType<typeof ThrottlerGuard>;
type Limited = Parameters<Guard['handleRequest']>[0];

const SECONDS = 3_600;

const callerIn = (context: ExecutionContext) => callerOf(context.switchToHttp().getRequest<FastifyRequest>());

const OWN = 'default';
const OF_TENANT = 'tenant';

/** Each credential has a limit of its own, and all of a tenant have one together, or each new key would be another one. */
export const RATE_LIMITS = ThrottlerModule.forRootAsync({
  useFactory: () => ({
    throttlers: [
      // In this order: what a credential is refused for is not taken from its siblings.
      { name: OWN, ttl: hours(1), limit: (context) => callerIn(context).requestsPerHour },
      {
        name: OF_TENANT,
        ttl: hours(1),
        limit: (context) => callerIn(context).tenantRequestsPerHour,
        setHeaders: false,
      },
    ],
    storage: new RequestCounts(),
  }),
});

/** Not too often? Told with every answer, in the headers of draft-ietf-httpapi-ratelimit-headers. */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override headerPrefix = 'RateLimit';

  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(isPublic(this.reflector, context));
  }

  protected override handleRequest(limited: Limited): Promise<boolean> {
    const { context, limit, throttler } = limited;
    // Before they are counted: a refusal tells them, too.
    if (throttler.name === OWN)
      context
        .switchToHttp()
        .getResponse<FastifyReply>()
        .headers({ 'RateLimit-Policy': `${limit};w=${SECONDS}`, 'RateLimit-Limit': limit });
    return super.handleRequest(limited);
  }

  protected override getTracker(request: FastifyRequest): Promise<string> {
    const { tenantId, actor } = callerOf(request);
    return Promise.resolve(`${tenantId} ${actor.type} ${actor.id}`);
  }

  /** One count over all operations. */
  protected override generateKey(context: ExecutionContext, caller: string, throttler: string): string {
    return throttler === OWN ? caller : callerIn(context).tenantId;
  }

  protected override throwThrottlingException(
    context: ExecutionContext,
    { key, tracker, limit, timeToExpire }: Parameters<Guard['throwThrottlingException']>[1],
  ): Promise<void> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    reply.headers({ 'RateLimit-Remaining': 0, 'RateLimit-Reset': timeToExpire, 'Retry-After': timeToExpire });
    const who = key === tracker ? 'These credentials' : 'All credentials of this tenant together';
    return refuse('rate_limited', `${who} may send ${limit} requests an hour.`, 'too_many');
  }
}
