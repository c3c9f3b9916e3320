import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger, PinoLogger } from 'nestjs-pino';
import { problemOf } from './rest/http/problem.js';
import { BODY_BYTES_MAX, parseJsonBody } from './rest/http/json-body.js';
import { ServerModule, type ServerOptions } from './server.module.js';
import { Metrics } from './telemetry/metrics.js';
import { observeRequests } from './telemetry/observed-requests.js';

const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** The server of the given roles, connected, not listening yet. */
export const createServer = async (options: ServerOptions): Promise<NestFastifyApplication> => {
  const adapter = new FastifyAdapter({
    genReqId: (request: { readonly headers: Readonly<Record<string, unknown>> }) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    // Errors from before the routing never reach a filter: broken escapes, over-long URLs.
    frameworkErrors: tellProblem,
    routerOptions: { maxParamLength: 512 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(ServerModule.forRoles(options), adapter, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  const fastify = adapter.getInstance();
  observeRequests(fastify, app.get(Metrics), await app.resolve(PinoLogger));
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (request.url.includes('%00')) tellProblem({ statusCode: 400, message: 'A URL holds no NUL.' }, request, reply);
    else done();
  });
  // A body is JSON: forms and plain text would go past the checks of its parser.
  fastify.removeContentTypeParser('text/plain');
  const parse = parseJsonBody(fastify.getDefaultJsonParser('error', 'error'));
  app.useBodyParser('application/json', { bodyLimit: BODY_BYTES_MAX }, (request, body, done) =>
    parse(request as FastifyRequest, body, done),
  );
  return app;
};

function tellProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const found = problemOf(error);
  void reply
    .status(found.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .send({ ...found, instance: request.url });
}

export const portOf = (app: NestFastifyApplication): number => {
  const address = app.getHttpServer().address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
