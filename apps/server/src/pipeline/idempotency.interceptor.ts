import { refuse, type TenantId } from '#kernel';
import {
  HttpStatus,
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { HTTP_CODE_METADATA } from '@nestjs/common/constants.js';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { requestScope } from '../access/request-scope.js';
import { LinesBody } from '../rest/usage/ndjson.js';
import { callerOf } from './caller.js';
import { idempotencyKeyOf } from './envelope.js';
import { IdempotencyStore, type SavedAnswer } from './idempotency.store.js';
import { problemOf } from './problem.js';
import { RequestHashes } from './request-hashes.js';

/** Headers that belong to an answer and come again with it. */
const SAVED_HEADERS = ['etag', 'location'];

export const SECRET = 'recount:answers-secret';

/** The answer is never saved: the command itself repeats it. */
export const AnswersSecret = () => SetMetadata(SECRET, true);

/** A request that is carried out under its key. */
interface Claimed {
  readonly tenantId: TenantId;
  readonly key: string;
  /** Of its answer, where it comes through. */
  readonly status: number;
}

/** The same key and request get the first answer again; refusals are answers too, failures on our side are not. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly reflector: Reflector,
    private readonly requestHashes: RequestHashes,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.method === 'POST' ? idempotencyKeyOf(request) : undefined;
    // A stream is read once, and hashed by nobody: its readings are told apart by their ids.
    if (request.body instanceof LinesBody) return next.handle();
    if (key === undefined || this.reflector.get<boolean>(SECRET, context.getHandler())) return next.handle();
    const { tenantId } = callerOf(request);
    const claim = await this.store.claim(tenantId, key, this.requestHashes.of(request));
    switch (claim.outcome) {
      case 'reused':
        return refuse('idempotency_key_reused', 'This Idempotency-Key came with another request before.');
      case 'in_progress':
        return refuse(
          'idempotency_in_progress',
          'The first request with this Idempotency-Key is still running.',
          'conflict',
        );
      case 'answered':
        return of(replay(request, http.getResponse<FastifyReply>(), claim.answer));
      case 'claimed':
        return of(
          await this.carryOut(http.getResponse<FastifyReply>(), next, {
            tenantId,
            key,
            // The reply may say by then that nobody answered in time.
            status:
              this.reflector.get<HttpStatus | undefined>(HTTP_CODE_METADATA, context.getHandler()) ??
              HttpStatus.CREATED,
          }),
        );
    }
  }

  private async carryOut(reply: FastifyReply, next: CallHandler, { tenantId, key, status }: Claimed): Promise<unknown> {
    try {
      const body: unknown = await lastValueFrom(next.handle());
      const headers = Object.fromEntries(
        SAVED_HEADERS.filter((name) => reply.hasHeader(name)).map((name) => [name, String(reply.getHeader(name))]),
      );
      const answer = { status, headers, body: JSON.stringify(body) };
      this.store.save(tenantId, key, answer, [...requestScope()!.openedKeys]);
      return body;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.store.release(tenantId, key);
      else {
        // Without its `instance`, which may name an account by its external id.
        const answer = { status: problem.status, headers: {}, body: JSON.stringify(problem) };
        this.store.save(tenantId, key, answer, [...requestScope()!.openedKeys]);
      }
      throw error;
    }
  }
}

const replay = ({ url }: FastifyRequest, reply: FastifyReply, { status, headers, body }: SavedAnswer): unknown => {
  reply.status(status).headers({ ...headers, 'idempotency-replayed': 'true' });
  const answer = JSON.parse(body) as object;
  if (status < 400) return answer;
  reply.header('content-type', 'application/problem+json; charset=utf-8');
  return { ...answer, instance: url };
};
