import { refuseAt } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { Injectable, SetMetadata } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const READS = 'recount:reads';

/** Which projections a query reads: what it waits for when the caller names a position. */
export const Reads = (...projections: readonly string[]) => SetMetadata(READS, projections);

/**
 * Read your writes: with `Recount-Consistent-With: <position>` a query waits until it knows that position. `Recount-Position` says
 * how much of the log an answer knows; one as of the past is computed at what was asked for.
 */
@Injectable()
export class Consistency {
  constructor(private readonly statuses: ProjectionStatuses) {}

  /** @param projections what the operation reads; undefined where that is nothing */
  async hold(
    { headers, method, query }: FastifyRequest,
    reply: FastifyReply,
    projections: readonly string[] | undefined,
  ): Promise<void> {
    const position = positionIn(headers['recount-consistent-with']);
    if (!projections) return;
    if (position !== undefined) await this.statuses.waitFor(projections, position);
    if (method === 'GET' && (query as { readonly asOf?: unknown }).asOf === undefined) {
      const reached = await this.statuses.reached(projections);
      const known = position !== undefined && position > reached ? position : reached;
      reply.header('recount-position', String(known));
    }
  }
}

const positionIn = (wanted: string | string[] | undefined): bigint | undefined => {
  if (wanted === undefined) return undefined;
  if (typeof wanted === 'string' && /^\d{1,18}$/.test(wanted)) return BigInt(wanted);
  return refuseAt(
    '/headers/recount-consistent-with',
    'invalid_request',
    'This header takes a position that an answer gave.',
    'invalid',
  );
};
