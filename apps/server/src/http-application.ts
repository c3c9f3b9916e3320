import { STATEMENT_BYTES_MAX } from '#bank-statements';
import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from '@fastify/cors';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import helmet from 'helmet';
import { PinoLogger } from 'nestjs-pino';
import { AccessSettings } from './access/access-settings.js';
import { Entrance } from './access/entrance.js';
import { answerInTime } from './answers-in-time.js';
import { HttpSettings } from './http-settings.js';
import { authenticateRequests } from './pipeline/authenticate-requests.js';
import { answerBrokenConnection, hangUpOn } from './pipeline/broken-connections.js';
import { Pipeline } from './pipeline/pipeline.js';
import { tellProblem } from './pipeline/problem.js';
import { BODY_BYTES_MAX, isCheckedByRow, parseJsonBody } from './pipeline/json-body.js';
import { refuseRepeatedHeaders, singleHeadersIn } from './pipeline/single-headers.js';
import type { DeclaredRoute } from './pipeline/declared-route.js';
import { declaredRoutes } from './rest/declared-routes.js';
import { SilentConnections } from './silent-connections.js';
import { CLOUD_EVENT, CLOUD_EVENTS } from './rest/usage/cloud-events.js';
import { LinesBody, NDJSON_TYPES } from './rest/usage/ndjson.js';
import { ServerModule, type ServerOptions } from './server.module.js';
import { Metrics } from './telemetry/metrics.js';
import { NestLogger } from './telemetry/nest-logger.js';
import { observeRequests } from './telemetry/observed-requests.js';

/** What helmet tells browsers, which is the same of every answer. The one page that is served needs no more, and may be served without TLS. */
const SECURITY_HEADERS = headersOf(
  helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }),
);
const METHODS = ['GET', 'POST', 'PUT', 'PATCH'];
const TOLD_HEADERS = [
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'RateLimit-Limit',
  'RateLimit-Policy',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Recount-Position',
  'Retry-After',
  'X-Request-Id',
];
const STREAM_MILLISECONDS = 24 * 60 * 60 * 1_000;
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** The server of the given roles, connected, not listening yet. */
export const createServer = async (options: ServerOptions): Promise<NestFastifyApplication> => {
  const settings = options.http ?? new HttpSettings();
  const { headersMilliseconds, requestMilliseconds, silenceMilliseconds, lookMilliseconds, corsOrigins } = settings;
  const adapter = new FastifyAdapter({
    genReqId: (request: { readonly headers: Readonly<Record<string, unknown>> }) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
    // Errors from before the routing never reach a filter: broken escapes, over-long URLs.
    frameworkErrors: tellProblem,
    clientErrorHandler: answerBrokenConnection,
    routerOptions: { maxParamLength: 512 },
    // Node has one for all: a stream of lines may take its time, what is none is timed below.
    requestTimeout: STREAM_MILLISECONDS,
    connectionTimeout: silenceMilliseconds,
    http: { headersTimeout: headersMilliseconds, connectionsCheckingInterval: lookMilliseconds },
  });
  const app = await NestFactory.create<NestFastifyApplication>(ServerModule.forRoles(options), adapter, {
    bufferLogs: true,
    bodyParser: false,
    abortOnError: false,
  });
  app.useLogger(new NestLogger(await app.resolve(PinoLogger), {}));
  const fastify = adapter.getInstance();
  answerInTime(fastify, settings.answerMilliseconds, isStreamOfCaller, tellProblem);
  // Before anything answers: whatever is answered is counted.
  observeRequests(fastify, app.get(Metrics), await app.resolve(PinoLogger));
  if (corsOrigins.length > 0) {
    await app.register(cors, { origin: [...corsOrigins], methods: METHODS, exposedHeaders: TOLD_HEADERS, maxAge: 600 });
  }
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
    if (request.url.includes('%00')) tellProblem({ statusCode: 400, message: 'A URL holds no NUL.' }, request, reply);
    else done();
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    try {
      refuseRepeatedHeaders(singleHeadersIn(request.raw.rawHeaders));
      done();
    } catch (error) {
      tellProblem(error, request, reply);
    }
  });
  endSlowBodies(fastify, requestMilliseconds);
  authenticateRequests(fastify, app.get(Entrance), app.get(AccessSettings));
  closeConnectionsAtTheEnd(fastify);
  endTextsWithLineFeed(fastify);
  // A body is JSON: forms and plain text would go past the checks of its parser.
  fastify.removeContentTypeParser('text/plain');
  const parse = parseJsonBody(fastify.getDefaultJsonParser('error', 'error'));
  app.useBodyParser('application/json', { bodyLimit: BODY_BYTES_MAX }, (request, body, done) =>
    parse(request as FastifyRequest, body, done),
  );
  takeUsageFormats(app, parse);
  takeStatementFiles(app);
  if (options.roles.includes('api')) pipeOperations(fastify, app.get(Pipeline));
  return app;
};

/** Nest knows the routes; those of operations are carried out by their pipeline. */
const pipeOperations = (fastify: FastifyInstance, pipeline: Pipeline): void => {
  const byOperation = new Map<string, DeclaredRoute>();
  for (const route of declaredRoutes()) {
    if (route.operation) byOperation.set(route.operation.name, route);
    else if (!route.isPublic) throw new TypeError(`${route.path} is neither an operation nor public.`);
  }
  fastify.addHook('onRoute', (options) => {
    const { operation } = options.config ?? {};
    if (operation !== undefined) options.handler = pipeline.compile(byOperation.get(operation)!);
  });
};

/** A body that has not arrived in time, unless it is a caller's stream: that lives for as long as something of it comes. */
const endSlowBodies = (fastify: FastifyInstance, milliseconds: number): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    if (raw.socket instanceof Socket && !raw.complete) {
      const late = setTimeout(() => {
        if (raw.complete || isStreamOfCaller(request)) return;
        // What was answered already waits for nothing that its sender still says.
        if (reply.raw.headersSent) hangUpOn(raw.socket);
        else answerBrokenConnection(REQUEST_TIMEOUT, raw.socket);
      }, milliseconds);
      raw.once('close', () => clearTimeout(late));
    }
    done();
  });
};

const isStreamOfCaller = (request: FastifyRequest): boolean => {
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  return (
    request.scope.caller !== undefined &&
    isCheckedByRow(request) &&
    NDJSON_TYPES.some((lines) => type.startsWith(lines))
  );
};

const REQUEST_TIMEOUT = Object.assign(new Error('The request took too long to arrive.'), {
  code: 'ERR_HTTP_REQUEST_TIMEOUT',
});

/** What usage may come as beside JSON; nothing else is told in these. */
const takeUsageFormats = (app: NestFastifyApplication, parse: ReturnType<typeof parseJsonBody>): void => {
  const fastify = app.getHttpAdapter().getInstance();
  app.useBodyParser([CLOUD_EVENT, CLOUD_EVENTS], { bodyLimit: BODY_BYTES_MAX }, (request, body, done) => {
    if (isCheckedByRow(request as FastifyRequest)) parse(request as FastifyRequest, body, done);
    else done(unsupported());
  });
  fastify.addContentTypeParser(NDJSON_TYPES, (request: FastifyRequest, stream: IncomingMessage, done: Parsed) =>
    isCheckedByRow(request) ? done(null, new LinesBody(stream)) : done(unsupported()),
  );
};

const STATEMENT_TYPES = ['application/xml', 'text/xml', 'text/plain', 'application/octet-stream'];

/** A file as a bank sends it is the body of one operation; the others say the same in base64. */
const takeStatementFiles = (app: NestFastifyApplication): void => {
  app.useBodyParser(STATEMENT_TYPES, { bodyLimit: STATEMENT_BYTES_MAX }, (request, body, done) => {
    if (isStatementFile(request as FastifyRequest)) done(null, { content: body.toString('base64') });
    else done(unsupported());
  });
};

const isStatementFile = ({ routeOptions }: FastifyRequest): boolean =>
  (routeOptions.config as { readonly operation?: unknown }).operation === 'ImportBankStatement';

type Parsed = (error: Error | null, body?: unknown) => void;

const unsupported = (): Error => Object.assign(new Error('Unsupported Media Type'), { statusCode: 415 });

/** JSON in a terminal, or added to a file of lines, ends as lines do. */
const endTextsWithLineFeed = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    const isJson = typeof payload === 'string' && /[/+]json\b/u.test(String(reply.getHeader('content-type')));
    done(null, isJson && !payload.endsWith('\n') ? `${payload}\n` : payload);
  });
};

/** What is answered while the server stops is the last on its connection: kept alive, it would keep the server, too. */
const closeConnectionsAtTheEnd = (fastify: FastifyInstance): void => {
  const silent = new SilentConnections(fastify.server);
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    silent.close();
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
};

/** What a middleware sets on an answer, whatever was asked. */
function headersOf(middleware: ReturnType<typeof helmet>): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  middleware(answer.req, answer, () => Object.assign(headers, answer.getHeaders()));
  return headers;
}

export const portOf = (app: NestFastifyApplication): number => {
  const address = app.getHttpServer().address();
  return typeof address === 'object' && address !== null ? address.port : 0;
};
