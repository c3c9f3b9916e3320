import { derivedUuid, refuseAt } from '#kernel';
import type { Envelope } from '#write-path';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidV7 } from 'uuid';
import { callerOf } from './caller.js';
import { readBy } from './parameters.js';

const HEADER_CHARACTERS_MAX = 255;

/** @throws DomainError `invalid_request` */
export const idempotencyKeyOf = (request: FastifyRequest): string | undefined => headerOf(request, 'idempotency-key');

/** Who, why, in which request: what the events of this command will carry. */
const envelopeOf = (request: FastifyRequest): Envelope => {
  const { tenantId, actor } = callerOf(request);
  const key = idempotencyKeyOf(request);
  const reason = headerOf(request, 'x-reason');
  const traceparent = headerOf(request, 'traceparent');
  const expectedRevision = expectedRevisionOf(request);
  const dryRun = (request.body as { readonly dryRun?: unknown } | undefined)?.dryRun === true;
  return {
    tenantId,
    actor,
    commandId: key === undefined ? uuidV7() : derivedUuid('command', tenantId, key),
    command: request.scope.operation!,
    requestHash: key === undefined ? '' : request.scope.requestHash!,
    correlationId: request.id,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(reason === undefined ? {} : { reason }),
    ...(expectedRevision === undefined ? {} : { expectedRevision }),
    ...(dryRun ? { dryRun } : {}),
  };
};

/** What is wrong with the headers is told first. */
export const CommandEnvelope = (): ParameterDecorator => readBy(envelopeOf, { isFirst: true });

const headerOf = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  if (value === undefined) return undefined;
  if (
    typeof value !== 'string' ||
    value.length === 0 ||
    value.length > HEADER_CHARACTERS_MAX ||
    !/^[\x20-\x7e]+$/.test(value)
  ) {
    return refuseAt(
      `/headers/${name}`,
      'invalid_request',
      `The header ${name} has 1 to ${HEADER_CHARACTERS_MAX} printable ASCII characters.`,
      'invalid',
    );
  }
  return value;
};

/** `If-Match: "7"`; `*` matches whatever there is. */
const expectedRevisionOf = (request: FastifyRequest): number | undefined => {
  const value = headerOf(request, 'if-match');
  if (value === undefined || value === '*') return undefined;
  const [, revision] = /^(?:W\/)?"(\d{1,15})"$/.exec(value) ?? [];
  return revision === undefined
    ? refuseAt(
        '/headers/if-match',
        'invalid_request',
        'If-Match takes the ETag of an earlier answer, in quotes.',
        'invalid',
      )
    : Number(revision);
};
