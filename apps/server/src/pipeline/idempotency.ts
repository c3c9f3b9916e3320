import { refuse, type TenantId } from '#kernel';
import { Injectable, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LinesBody } from '../rest/usage/ndjson.js';
import { callerOf } from './caller.js';
import { idempotencyKeyOf } from './envelope.js';
import { IdempotencyStore, type SavedAnswer } from './idempotency.store.js';
import { problemOf, toldProblem } from './problem.js';
import type { ProblemResource } from './problem.resource.js';

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
export class Idempotency {
  constructor(private readonly store: IdempotencyStore) {}

  /** Answers the JSON that the work answers, or that it answered before. */
  async once(
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    work: () => Promise<string>,
  ): Promise<string> {
    const key = idempotencyKeyOf(request);
    // A stream is read once: its readings are told apart by their ids.
    if (key === undefined || request.body instanceof LinesBody) return work();
    const { tenantId } = callerOf(request);
    const claim = await this.store.claim(tenantId, key, request.scope.requestHash!);
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
        return replay(request, reply, claim.answer);
      case 'claimed':
        return this.carryOut(request, reply, { tenantId, key, status }, work);
    }
  }

  private async carryOut(
    { scope }: FastifyRequest,
    reply: FastifyReply,
    { tenantId, key, status }: Claimed,
    work: () => Promise<string>,
  ): Promise<string> {
    try {
      const body = await work();
      // The reply may say by then that nobody answered in time.
      this.store.save(tenantId, key, { status, headers: savedHeaders(reply), body }, [...scope.openedKeys]);
      return body;
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.store.release(tenantId, key);
      else {
        // Without its `instance`, which may name an account by its external id.
        const answer = { status: problem.status, headers: {}, body: JSON.stringify(problem) };
        this.store.save(tenantId, key, answer, [...scope.openedKeys]);
      }
      throw error;
    }
  }
}

const savedHeaders = (reply: FastifyReply): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const name of SAVED_HEADERS) if (reply.hasHeader(name)) headers[name] = String(reply.getHeader(name));
  return headers;
};

const replay = (request: FastifyRequest, reply: FastifyReply, { status, headers, body }: SavedAnswer): string => {
  reply.status(status).headers({ ...headers, 'idempotency-replayed': 'true' });
  if (status < 400) return body;
  return JSON.stringify(toldProblem(JSON.parse(body) as ProblemResource, request, reply));
};
