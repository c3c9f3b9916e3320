import { AsyncLocalStorage } from 'node:async_hooks';
import { trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import { currentDoor } from '../access/door.js';
import type { Caller } from '../access/caller.js';
import { callerOf } from '../pipeline/caller.js';

const requests = new AsyncLocalStorage<FastifyRequest>();

/** Lets every line that is logged on the way say for which request it is. */
export const servingRequest = (request: FastifyRequest, work: () => void): void => requests.run(request, work);

/** What every line of the log says of the request and the trace that it belongs to. Never a URL, a header or a body. */
export const requestFields = (): Readonly<Record<string, string>> => {
  const span = trace.getActiveSpan()?.spanContext();
  const request = requests.getStore();
  return {
    ...(request ? fieldsOf(request) : {}),
    ...(span ? { trace_id: span.traceId, span_id: span.spanId } : {}),
  };
};

const fieldsOf = (request: FastifyRequest): Readonly<Record<string, string>> => {
  const { operation } = request.routeOptions.config;
  const caller: Caller | undefined = callerOf(request);
  return {
    requestId: request.id,
    door: currentDoor(),
    ...(operation === undefined ? {} : { operation }),
    ...(caller ? { tenantId: caller.tenantId } : {}),
  };
};
