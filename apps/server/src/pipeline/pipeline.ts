import { refuse } from '#kernel';
import { HttpStatus, Injectable, StreamableFile } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refuseUnlessAllowed } from '../access/caller.js';
import { Room } from '../core/room.js';
import { callerOf } from './caller.js';
import { Consistency, READS } from './consistency.js';
import { CsvAnswers } from './csv/csv-answers.js';
import { CSV, isTabular } from './csv/media-types.js';
import { saidOf, statusOf, type DeclaredRoute } from './declared-route.js';
import { documentFile, documentHeaders, isHeld } from './document-answers.js';
import { documentResource, type DocumentAnswer } from './document.resource.js';
import { answerOf, type DocumentedAnswer } from './documented.js';
import { ExternalReferences } from './external-references.js';
import { Idempotency, SECRET } from './idempotency.js';
import { parametersOf } from './parameters.js';
import { DISK_FULL } from './problem.js';
import { RateLimits } from './rate-limits.js';
import { RequestHashes } from './request-hashes.js';
import { JSON_TYPE, negotiatedType, servedTypes } from './served-types.js';

const JSON_UTF8 = 'application/json; charset=utf-8';

/** Carries out one operation for one request. What it throws becomes a problem. */
export type Piped = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** Its method with all that it takes read from the request; answers what it answers. */
type Run = Piped;

/** Answers JSON, or the reply once it was sent another way. @param type that was agreed on */
type Tell = (request: FastifyRequest, reply: FastifyReply, type: string) => Promise<string | FastifyReply>;

/**
 * What every request of an operation goes through, in this order, put together once when the server starts: who asks was found out when
 * the headers came; limit, permission, accepted type, room, read models waited for, names looked up, first answer given again, parts
 * checked and read, the method, its answer written. What an operation does not need is not asked of its requests.
 */
@Injectable()
export class Pipeline {
  constructor(
    private readonly limits: RateLimits,
    private readonly room: Room,
    private readonly consistency: Consistency,
    private readonly references: ExternalReferences,
    private readonly hashes: RequestHashes,
    private readonly idempotency: Idempotency,
    private readonly csv: CsvAnswers,
    private readonly http: HttpAdapterHost<FastifyAdapter>,
    private readonly modules: ModuleRef,
  ) {}

  /** @throws TypeError if the method declares something that is not compiled */
  compile(route: DeclaredRoute): Piped {
    const { permission } = route.operation!;
    const served = servedTypes(route.handler);
    const status = statusOf(route);
    const reads = saidOf<readonly string[]>(route, READS);
    const isQuery = route.method === 'GET';
    const tell = this.tellOf(route, status);
    const isNamed = route.path.includes(':');
    return async (request, reply) => {
      // A segment that is empty names nothing: there is no such path.
      if (isNamed && Object.values(request.params as object).includes('')) return reply.callNotFound();
      const caller = callerOf(request);
      const counting = this.limits.take(caller, reply);
      if (counting !== undefined) await counting;
      refuseUnlessAllowed(caller, permission);
      const type = negotiatedType(request.headers.accept, served);
      if (!isQuery && this.room.isFull) refuse('disk_full', DISK_FULL, 'unavailable');
      reply.status(status);
      if (isQuery || request.headers['recount-consistent-with'] !== undefined)
        await this.consistency.hold(request, reply, reads);
      const lookingUp = this.references.lookUp(request);
      if (lookingUp !== undefined) await lookingUp;
      if (!isQuery && request.headers['idempotency-key'] !== undefined)
        request.scope.requestHash = this.hashes.of(request);
      return tell(request, reply, type);
    };
  }

  private tellOf(route: DeclaredRoute, status: number): Tell {
    const run = this.runOf(route);
    const answer = answerOf(route.handler);
    const inJson: Tell = async (request, reply) => this.told(reply, await run(request, reply));
    if (route.method === 'POST' && saidOf<boolean>(route, SECRET) !== true)
      return async (request, reply) => {
        const json = async () => JSON.stringify(await run(request, reply));
        return written(reply, await this.idempotency.once(request, reply, status, json));
      };
    if (answer?.mediaType !== undefined) return this.documents(answer.mediaType, run);
    return answer && isTabular(answer) ? this.tables(answer, run, inJson) : inJson;
  }

  /** Rows, in JSON or as CSV. */
  private tables(answer: DocumentedAnswer, run: Run, inJson: Tell): Tell {
    return async (request, reply, type) => {
      varyByAccept(reply);
      if (type !== CSV) return inJson(request, reply, type);
      return this.told(reply, await this.csv.tell(answer, request, reply, () => run(request, reply)));
    };
  }

  private documents(mediaType: string, run: Run): Tell {
    return async (request, reply, type) => {
      varyByAccept(reply);
      const document = (await run(request, reply)) as DocumentAnswer;
      if (type === JSON_TYPE) return this.told(reply, documentResource(document, mediaType));
      if (isHeld(request.headers['if-none-match'], document))
        return documentHeaders(reply, document).status(HttpStatus.NOT_MODIFIED).send();
      return this.told(reply, documentFile(reply, document, mediaType));
    };
  }

  private runOf({ controller, name, handler }: DeclaredRoute): Run {
    const instance: object = this.modules.get(controller, { strict: false });
    const parameters = parametersOf(controller, name);
    const method = handler as (...parameters: unknown[]) => unknown;
    return async (request, reply) => method.apply(instance, parameters(request, reply));
  }

  private told(reply: FastifyReply, answer: unknown): string | FastifyReply {
    if (!(answer instanceof StreamableFile)) return written(reply, JSON.stringify(answer));
    this.http.httpAdapter.reply(reply, answer);
    return reply;
  }
}

/** The same path answers several types. */
const varyByAccept = (reply: FastifyReply): void => {
  reply.header('vary', [reply.getHeader('vary'), 'Accept'].filter((name) => name !== undefined).join(', '));
};

const written = (reply: FastifyReply, json: string): string => {
  if (!reply.hasHeader('content-type')) reply.header('content-type', JSON_UTF8);
  return json;
};
