import { STATUS_CODES } from 'node:http';
import {
  AppendOutcomeUnknown,
  AppendRefused,
  DomainError,
  EventLogFull,
  EventLogUnavailable,
  type RefusalKind,
  type Violation,
} from '#kernel';
import { UnknownStoredEvent } from '#contracts';
import { isDiskFull, isOutage } from '#postgres';
import { HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LateAnswer } from '../answers-in-time.js';
import type { ProblemResource } from './problem.resource.js';

const PROBLEM_JSON = 'application/problem+json; charset=utf-8';

const STATUS: Readonly<Record<RefusalKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  revision_mismatch: 412,
  refused: 422,
  too_many: 429,
  unavailable: 503,
  behind: 504,
};

const HTTP_CODES: Readonly<Record<number, string>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  408: 'request_timeout',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'headers_too_large',
  503: 'unavailable',
};

export const problem = (
  status: number,
  code: string,
  detail: string,
  errors: readonly Violation[] = [],
): ProblemResource => ({
  type: `urn:recount:problem:${code}`,
  title: STATUS_CODES[status] ?? 'Error',
  status,
  code,
  detail,
  ...(errors.length > 0 ? { errors: [...errors] } : {}),
});

export const DISK_FULL =
  'The disk is full, and nothing more is written until there is room again. Send the request again then.';

/** A table that no projector has made yet. */
const isMissingReadModel = (error: unknown): boolean =>
  error instanceof Error && (error as { code?: unknown }).code === '42P01' && error.message.includes('"read.');

/** What the outside learns of an error: refusals in full, the rest without its inside. */
export const problemOf = (error: unknown): ProblemResource => {
  if (error instanceof DomainError) return problem(STATUS[error.kind], error.code, error.message, error.violations);
  if (error instanceof HttpException) return problemOfStatus(error.getStatus(), error.message);
  if (error instanceof AppendOutcomeUnknown || (error instanceof LateAnswer && error.mayHaveHappened)) {
    return problem(
      503,
      'outcome_unknown',
      'The log did not answer. Send the same request again: it takes effect once.',
    );
  }
  if (error instanceof AppendRefused && error.reason === 'too_large') {
    return problem(
      413,
      'payload_too_large',
      'What follows from this request is too large for the log: ask for less at once.',
    );
  }
  if (error instanceof EventLogFull || isDiskFull(error)) return problem(503, 'disk_full', DISK_FULL);
  if (
    error instanceof LateAnswer ||
    error instanceof EventLogUnavailable ||
    error instanceof UnknownStoredEvent ||
    isOutage(error)
  ) {
    return problem(503, 'unavailable', 'A part of Recount is not available at the moment. Try again.');
  }
  if (isMissingReadModel(error)) {
    return problem(
      503,
      'unavailable',
      'The read models are not there yet: a process with the role projector makes them.',
    );
  }
  const { statusCode, message } = error as { statusCode?: unknown; message?: string };
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return problemOfStatus(statusCode, message ?? '');
  return problem(500, 'internal_error', 'Something went wrong on our side.');
};

/** Whether nobody expects it: it is no refusal, and no outage. */
export const isFault = (error: unknown): boolean => problemOf(error).status === 500;

/** Answers what the outside learns of an error. */
export const tellProblem = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
  void reply.send(toldProblem(problemOf(error), request, reply));
};

/** Lays on a reply what a problem says beside its body. Answers the body. */
export const toldProblem = (found: ProblemResource, { url }: FastifyRequest, reply: FastifyReply): ProblemResource => {
  reply.status(found.status).header('content-type', PROBLEM_JSON);
  if (found.status === 503) reply.header('retry-after', '1');
  if (found.status === 401) reply.header('www-authenticate', 'Bearer');
  return { ...found, instance: url };
};

const problemOfStatus = (status: number, detail: string): ProblemResource =>
  problem(status, HTTP_CODES[status] ?? (status < 500 ? 'invalid_request' : 'internal_error'), detail);
