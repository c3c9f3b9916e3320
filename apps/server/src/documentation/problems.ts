import { STATUS_CODES } from 'node:http';
import type { Violation } from '#kernel';
import { problem } from '../pipeline/problem.js';
import { referenceTo } from './examples.js';
import type { Operation } from './operations.js';
import { PROBLEM_DETAILS } from './problem-codes.js';

const string = { type: 'string' } as const;

/** Headers that come with problems of a status. */
const HEADERS: Readonly<Record<number, object>> = {
  401: { 'WWW-Authenticate': { schema: { ...string, example: 'Bearer' } } },
  429: {
    'Retry-After': { description: 'Seconds.', schema: { ...string, example: '1800' } },
    'RateLimit-Limit': { $ref: '#/components/headers/RateLimit-Limit' },
    'RateLimit-Reset': { $ref: '#/components/headers/RateLimit-Reset' },
  },
  503: { 'Retry-After': { description: 'Seconds.', schema: { ...string, example: '1' } } },
};

/** What every operation of a kind refuses with, by status; its own codes come first. */
const codesOf = (operation: Operation, hasBody: boolean): ReadonlyMap<number, readonly string[]> => {
  const { method, answer, isPublic, permission, waits, keepsAnswer, refusals } = operation;
  const commands = answer?.shape === 'told';
  const unavailable = [
    'unavailable',
    ...(commands ? ['outcome_unknown'] : []),
    ...(method === 'GET' ? [] : ['disk_full']),
  ];
  const common: Record<number, readonly string[]> = {
    400: ['invalid_request', 'header_repeated'],
    ...(isPublic ? {} : { 401: ['unauthenticated'], 503: unavailable }),
    ...(permission === undefined ? {} : { 403: ['forbidden', 'tenant_suspended'] }),
    406: ['not_acceptable'],
    ...(keepsAnswer ? { 409: ['idempotency_in_progress'] } : {}),
    ...(answer?.ifMatch ? { 412: ['revision_mismatch'] } : {}),
    ...(hasBody ? { 413: ['payload_too_large'], 415: ['unsupported_media_type'] } : {}),
    ...(method === 'POST' || commands ? { 422: ['idempotency_key_reused'] } : {}),
    ...(isPublic ? {} : { 429: ['rate_limited', 'too_many_failed_credentials'] }),
    ...(waits ? { 504: ['read_model_behind'] } : {}),
  };
  const statuses = [...new Set([...Object.keys(refusals), ...Object.keys(common)].map(Number))].sort((a, b) => a - b);
  return new Map(statuses.map((status) => [status, [...(refusals[status] ?? []), ...(common[status] ?? [])]]));
};

/** Problems that many operations share are told once. */
export const sharedProblems = (known: Iterable<Operation>): Record<string, object> => {
  const shared: Record<string, object> = {};
  for (const operation of known) {
    for (const [status, codes] of codesOf(operation, true)) {
      if (isShared(codes)) shared[nameOf(codes)] = problemResponse(status, codes);
    }
  }
  return sorted(shared);
};

/** One of each code, told once for all operations that refuse with it. */
export const sharedExamples = (known: Iterable<Operation>): Record<string, object> => {
  const examples: Record<string, object> = {};
  for (const operation of known) {
    for (const [status, codes] of codesOf(operation, true)) {
      for (const code of codes) examples[exampleName(status, code)] = { value: exampleOf(status, code) };
    }
  }
  return sorted(examples);
};

/** A code may come with several statuses. */
const exampleName = (status: number, code: string): string => `${code}.${status}`;

const sorted = (named: Readonly<Record<string, object>>): Record<string, object> =>
  Object.fromEntries(Object.entries(named).sort(([left], [right]) => (left < right ? -1 : 1)));

/** The problems of an operation, as responses by status. */
export const problemResponses = (operation: Operation, hasBody: boolean): Record<string, object> =>
  Object.fromEntries(
    [...codesOf(operation, hasBody)].map(([status, codes]) => [
      String(status),
      isShared(codes) ? { $ref: `#/components/responses/${nameOf(codes)}` } : problemResponse(status, codes),
    ]),
  );

const isShared = (codes: readonly string[]): boolean => codes.length <= 3;
const nameOf = (codes: readonly string[]): string => codes.join('.');

const problemResponse = (status: number, codes: readonly string[]): object => ({
  description: `${STATUS_CODES[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}`,
  ...(HEADERS[status] ? { headers: HEADERS[status] } : {}),
  content: {
    'application/problem+json': {
      schema: referenceTo('ProblemResource'),
      examples: Object.fromEntries(
        codes.map((code) => [code, { $ref: `#/components/examples/${exampleName(status, code)}` }]),
      ),
    },
  },
});

const exampleOf = (status: number, code: string): object => {
  const detail = PROBLEM_DETAILS[code];
  if (detail === undefined) throw new Error(`The documented code “${code}” is not explained.`);
  return problem(status, code, detail, violationsOf(code));
};

const violationsOf = (code: string): readonly Violation[] => {
  switch (code) {
    case 'invalid_request':
      return [{ pointer: '/colour', code: 'unknown_field', message: PROBLEM_DETAILS[code]! }];
    case 'header_repeated':
      return [{ pointer: '/headers/idempotency-key', code, message: PROBLEM_DETAILS[code]! }];
    default:
      return [];
  }
};
