import { SpanKind, SpanStatusCode, context, type Context, type Span } from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PinoLogger } from 'nestjs-pino';
import { doorOfArrival } from '../access/door.js';
import { scopeOf, withinRequest } from '../access/request-scope.js';
import type { Metrics } from './metrics.js';
import { isTracing, openSpan } from './spans.js';

interface Traced {
  readonly span: Span;
  readonly within: Context;
}

/** Every request from the moment it comes in until it is answered, also one that nobody lets through, or that meets no route. */
export const observeRequests = (fastify: FastifyInstance, metrics: Metrics, { logger }: PinoLogger): void => {
  const traces = new WeakMap<FastifyRequest, Traced>();
  // Every request has one from its first hook on.
  fastify.decorateRequest('scope');

  fastify.addHook('onRequest', (request, _reply, done) => {
    const { operation } = request.routeOptions.config;
    request.scope = scopeOf(request.id, doorOfArrival(), operation);
    if (operation !== undefined && isTracing()) traces.set(request, requestSpan(request, operation));
    done();
  });

  const within = (request: FastifyRequest, work: () => void): void => {
    const traced = traces.get(request);
    if (traced) context.with(traced.within, () => withinRequest(request.scope, work));
    else withinRequest(request.scope, work);
  };

  // Once the body is read: what reads it loses the context.
  fastify.addHook('preHandler', (request, _reply, done) => within(request, done));

  fastify.addHook('onResponse', (request, reply, done) => {
    const { operation = 'none', door } = request.scope;
    metrics.requests.inc({ operation, door, status: reply.statusCode });
    metrics.requestSeconds.observe({ operation, door }, reply.elapsedTime / 1_000);
    const level = reply.statusCode >= 500 ? 'warn' : 'info';
    if (logger.isLevelEnabled(level)) within(request, () => logger[level](answerOf(reply), 'A request was answered.'));
    const traced = traces.get(request);
    if (traced) endSpan(traced.span, request, reply);
    done();
  });
};

const answerOf = ({ statusCode, elapsedTime }: FastifyReply) => ({
  status: statusCode,
  durationMilliseconds: Math.round(elapsedTime * 100) / 100,
});

const requestSpan = (request: FastifyRequest, operation: string): Traced =>
  openSpan(
    operation,
    {
      kind: SpanKind.SERVER,
      attributes: {
        'http.request.method': request.method,
        'http.route': request.routeOptions.url ?? '',
        'recount.door': request.scope.door,
        'recount.request_id': request.id,
      },
    },
    request.headers,
  );

const endSpan = (span: Span, { scope }: FastifyRequest, { statusCode }: FastifyReply): void => {
  if (scope.caller) span.setAttribute('recount.tenant_id', scope.caller.tenantId);
  span.setAttribute('http.response.status_code', statusCode);
  if (statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
};
