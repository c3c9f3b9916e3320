import { derivedUuid, refuseAt } from '#kernel';
import type { Envelope } from '#write-path';
import { createParamDecorator, Injectable, type ExecutionContext, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidV7 } from 'uuid';
import { requestScope } from '../access/request-scope.js';
import { callerOf } from './caller.js';
import { RequestHashes } from './request-hashes.js';

const HEADER_CHARACTERS_MAX = 255;

/** @throws DomainError `invalid_request` */
export const idempotencyKeyOf = (request: FastifyRequest): string | undefined => headerOf(request, 'idempotency-key');

/** Who, why, in which request: what the events of this command will carry. */
@Injectable()
class EnvelopeOf implements PipeTransform<FastifyRequest, Envelope> {
  constructor(private readonly requestHashes: RequestHashes) {}

  transform(request: FastifyRequest): Envelope {
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
      command: requestScope()!.operation,
      requestHash: key === undefined ? '' : this.requestHashes.of(request),
      correlationId: request.id,
      ...(traceparent === undefined ? {} : { traceparent }),
      ...(reason === undefined ? {} : { reason }),
      ...(expectedRevision === undefined ? {} : { expectedRevision }),
      ...(dryRun ? { dryRun } : {}),
    };
  }
}

const Requested = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);

export const CommandEnvelope = (): ParameterDecorator => Requested(EnvelopeOf);

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
