import { Metadata, status as StatusCode } from '@grpc/grpc-js';
import type { ProblemResource } from '../../pipeline/problem.resource.js';
import type { DoorAnswer } from '../doorway.js';
import { encodedStatus, type StatusDetails } from './google-rpc.js';

/** Whoever knows several services tells their codes apart by this. */
const DOMAIN = 'recount';

const CODES: Readonly<Record<number, StatusCode>> = {
  400: StatusCode.INVALID_ARGUMENT,
  401: StatusCode.UNAUTHENTICATED,
  403: StatusCode.PERMISSION_DENIED,
  404: StatusCode.NOT_FOUND,
  409: StatusCode.ALREADY_EXISTS,
  412: StatusCode.ABORTED,
  413: StatusCode.OUT_OF_RANGE,
  414: StatusCode.INVALID_ARGUMENT,
  422: StatusCode.FAILED_PRECONDITION,
  429: StatusCode.RESOURCE_EXHAUSTED,
  503: StatusCode.UNAVAILABLE,
  504: StatusCode.DEADLINE_EXCEEDED,
};

/** Conflicts that go away by themselves, unlike those with what exists. */
const PASSING_CONFLICTS = ['idempotency_in_progress', 'too_much_contention'];

/** What grpc-js sends as the status of a call that failed. */
export interface Failure {
  readonly code: StatusCode;
  readonly details: string;
  readonly metadata: Metadata;
}

/** A problem as gRPC tells it. The stable code, the pointers and when to try again are `google.rpc` details. */
export const failureOf = (problem: ProblemResource, headers: DoorAnswer['headers']): Failure => {
  const code = codeOf(problem);
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', encodedStatus(code, problem.detail, detailsOf(problem, headers)));
  return { code, details: problem.detail, metadata };
};

const codeOf = ({ status, code }: ProblemResource): StatusCode =>
  PASSING_CONFLICTS.includes(code) ? StatusCode.ABORTED : (CODES[status] ?? StatusCode.INTERNAL);

const detailsOf = (problem: ProblemResource, headers: DoorAnswer['headers']): StatusDetails => ({
  errorInfo: { reason: problem.code, domain: DOMAIN, metadata: { status: String(problem.status), type: problem.type } },
  violations: (problem.errors ?? []).map(({ pointer, code, message }) => ({
    field: pointer,
    description: message,
    reason: code,
  })),
  ...(headers['Retry-After'] === undefined ? {} : { retrySeconds: Number(headers['Retry-After']) }),
});

export const answerMetadata = (headers: DoorAnswer['headers']): Metadata => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
  return metadata;
};
