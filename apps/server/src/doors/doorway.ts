import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { DomainError } from '#kernel';
import { HttpException, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { enterBy, type Door } from '../access/door.js';
import { Entrance } from '../access/entrance.js';
import type { DeclaredRoute } from '../pipeline/declared-route.js';
import { declaredRoutes } from '../rest/declared-routes.js';
import { problemOf } from '../pipeline/problem.js';
import { refuseRepeatedHeaders } from '../pipeline/single-headers.js';
import { httpForm, isBodyWhole, type Payload } from './http-form.js';
import { payloadIn } from './payload.js';

/** What a caller may say beside the payload, by the names that it has at every door. */
export const CALLER_HEADERS = [
  'authorization',
  'idempotency-key',
  'x-request-id',
  'traceparent',
  'tracestate',
  'x-reason',
  'if-match',
  'recount-consistent-with',
] as const;

/** What an answer says beside its body. */
const ANSWER_HEADERS = [
  'ETag',
  'Location',
  'Idempotency-Replayed',
  'Recount-Position',
  'Retry-After',
  'X-Request-Id',
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
];

/** A command or query as it arrived, told apart by name, not by route. */
export interface Errand {
  readonly door: Exclude<Door, 'rest'>;
  readonly kind: 'command' | 'query';
  readonly name: string;
  /** Its fields, or JSON that nobody has read yet. */
  readonly payload: Payload | Uint8Array;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Where it came from, as far as the door knows. */
  readonly remoteAddress?: string;
}

/** What Node takes of one that comes by HTTP. */
const URL_CHARACTERS_MAX = 16 * 1024;

interface WrittenForm {
  readonly method: DeclaredRoute['method'];
  readonly url: string;
  readonly body: string | Buffer | undefined;
}

/** The same answer as at the REST door. */
export interface DoorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON: a resource, or a problem. */
  readonly body: string;
}

export interface OpenAnswer {
  readonly headers: DoorAnswer['headers'];
  readonly stream: Readable;
  /** Nobody listens any more. */
  readonly close: () => void;
}

/**
 * The one way that every other door takes to a command or query: it becomes the request that the REST door would have had, and goes
 * through the same pipeline, from its first hook to its answer. What holds at one door holds at all (ADR 10).
 */
@Injectable()
export class Doorway {
  private readonly routes: ReadonlyMap<string, DeclaredRoute> = new Map(
    declaredRoutes().flatMap((route) =>
      route.operation === undefined ? [] : [[`${kindOf(route)} ${route.operation.name}`, route]],
    ),
  );

  constructor(
    private readonly http: HttpAdapterHost<FastifyAdapter>,
    private readonly entrance: Entrance,
  ) {}

  async carryOut(errand: Errand): Promise<DoorAnswer> {
    const route = this.routes.get(`${errand.kind} ${errand.name}`);
    if (!route || route.streams) return refused(unknownOperation(errand));
    const request = await this.requestOf(route, errand);
    if ('status' in request) return request;
    const answer = await this.inject(errand.door, request);
    return { status: answer.statusCode, headers: toldIn(answer.headers), body: answer.payload };
  }

  /** An answer that goes on and on, or the refusal of one. What is not read from it is not written either. */
  async listen(errand: Errand): Promise<OpenAnswer | DoorAnswer> {
    const route = this.routes.get(`${errand.kind} ${errand.name}`);
    if (!route?.streams) return refused(unknownOperation(errand));
    const request = await this.requestOf(route, errand);
    if ('status' in request) return request;
    const answer = await this.inject(errand.door, { ...request, payloadAsStream: true });
    const headers = toldIn(answer.headers);
    if (answer.statusCode >= 400) return { status: answer.statusCode, headers, body: await text(answer.stream()) };
    return { headers, stream: answer.stream(), close: () => void answer.raw.res.destroy() };
  }

  /** What Fastify gives back begins only when it is awaited: that, too, has to be in the name of the door. */
  private inject(door: Door, request: InjectOptions): Promise<LightMyRequestResponse> {
    return enterBy(door, async () => await this.http.httpAdapter.inject(request));
  }

  private async requestOf(
    route: DeclaredRoute,
    { payload, headers, remoteAddress }: Errand,
  ): Promise<InjectOptions | DoorAnswer> {
    try {
      refuseRepeatedHeaders(headers);
      // The request asks again; until then, the payload of nobody is not even read.
      if (payload instanceof Uint8Array) await this.entrance.callerWith(headers['authorization']?.[0], remoteAddress);
      const { method, url, body } = await this.formOf(route, payload);
      return {
        method,
        url,
        headers: { ...saidBy(headers), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { payload: body }),
        ...(remoteAddress === undefined ? {} : { remoteAddress }),
      };
    } catch (error) {
      return refused(error);
    }
  }

  /** JSON is read here only where some of its fields have to be laid elsewhere than in the body. */
  private async formOf(route: DeclaredRoute, payload: Errand['payload']): Promise<WrittenForm> {
    const isText = payload instanceof Uint8Array;
    if (isText && isBodyWhole(route))
      return { method: route.method, url: `/${route.path}`, body: Buffer.from(payload) };
    const fields = isText ? await payloadIn(this.http.httpAdapter.getInstance(), payload) : payload;
    const { method, url, body } = httpForm(route, fields);
    if (url.length > URL_CHARACTERS_MAX) throw new HttpException('What is asked for is too long.', 414);
    return { method, url, body: body && JSON.stringify(body) };
  }

  /** Undefined if nothing has this name. */
  kindOf(name: string): Errand['kind'] | undefined {
    return (['command', 'query'] as const).find((kind) => this.routes.has(`${kind} ${name}`));
  }
}

export const kindOf = ({ method }: DeclaredRoute): Errand['kind'] => (method === 'GET' ? 'query' : 'command');

/** An answer that no route gave. */
export const refused = (error: unknown): DoorAnswer => {
  const problem = problemOf(error);
  return { status: problem.status, headers: {}, body: JSON.stringify(problem) };
};

const unknownOperation = ({ kind, name }: Errand): DomainError =>
  new DomainError('operation_not_found', `There is no ${kind} “${name.slice(0, 64)}”.`, 'not_found');

const saidBy = (headers: Errand['headers']): Record<string, string[]> =>
  Object.fromEntries(
    CALLER_HEADERS.flatMap((name) => {
      const values = headers[name];
      return values === undefined || values.length === 0 ? [] : [[name, [...values]]];
    }),
  );

const toldIn = (headers: Readonly<Record<string, string | number | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    ANSWER_HEADERS.flatMap((name) => {
      const value = headers[name.toLowerCase()];
      return value === undefined ? [] : [[name, String(value)]];
    }),
  );
