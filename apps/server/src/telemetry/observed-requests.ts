import { SpanKind, SpanStatusCode, context, type Context, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PinoLogger } from 'nestjs-pino';
import { currentDoor, enterBy, type Door } from '../access/door.js';
import type { Caller } from '../access/caller.js';
import { callerOf } from '../pipeline/caller.js';
import type { Metrics } from './metrics.js';
import { servingRequest } from './request-fields.js';
import { isTracing, openSpan } from './spans.js';

interface Observed {
  readonly door: Door;
  readonly traced?: { readonly span: Span; readonly within: Context };
}

/** Every request from the moment it comes in until it is answered, also one that no guard lets through, or that meets no route. */
export const observeRequests = (fastify: FastifyInstance, metrics: Metrics, { logger }: PinoLogger): void => {
  const observed = new WeakMap<FastifyRequest, Observed>();

  fastify.addHook('onRequest', (request, _reply, done) => {
    const { operation } = request.routeOptions.config;
    observed.set(request, {
      door: currentDoor(),
      ...(operation !== undefined && isTracing() ? { traced: requestSpan(request, operation) } : {}),
    });
    done();
  });

  // Once the body is read: what reads it loses the context.
  fastify.addHook('preHandler', (request, _reply, done) => within(request, observed.get(request)!, done));

  fastify.addHook('onResponse', (request, reply, done) => {
    const seen = observed.get(request)!;
    const labels = { operation: request.routeOptions.config.operation ?? 'none', door: seen.door };
    metrics.requests.inc({ ...labels, status: reply.statusCode });
    metrics.requestSeconds.observe(labels, reply.elapsedTime / 1_000);
    const level = reply.statusCode >= 500 ? 'warn' : 'info';
    if (logger.isLevelEnabled(level))
      within(request, seen, () => logger[level](answerOf(reply), 'A request was answered.'));
    if (seen.traced) endSpan(seen.traced.span, request, reply);
    done();
  });
};

const within = (request: FastifyRequest, { door, traced }: Observed, work: () => void): void =>
  context.with(traced?.within ?? context.active(), () => enterBy(door, () => servingRequest(request, work)));

const answerOf = ({ statusCode, elapsedTime }: FastifyReply) => ({
  status: statusCode,
  durationMilliseconds: Math.round(elapsedTime * 100) / 100,
});

const requestSpan = (request: FastifyRequest, operation: string) =>
  openSpan(
    operation,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'http.route': request.routeOptions.url ?? '',
        'recount.door': currentDoor(),
        'recount.request_id': request.id,
      },
    },
    request.headers,
  );

const endSpan = (span: Span, request: FastifyRequest, { statusCode }: FastifyReply): void => {
  const caller: Caller | undefined = callerOf(request);
  if (caller) span.setAttribute('recount.tenant_id', caller.tenantId);
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
};
