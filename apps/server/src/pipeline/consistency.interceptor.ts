import { refuseAt } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

export const READS = 'recount:reads';

/** Which projections a query reads: what it waits for when the caller names a position. */
export const Reads = (...projections: readonly string[]) => SetMetadata(READS, projections);

/**
 * Read your writes: with `Recount-Consistent-With: <position>` a query waits until it knows that position. `Recount-Position` says
 * how much of the log an answer knows; one as of the past is computed at what was asked for.
 */
@Injectable()
export class ConsistencyInterceptor implements NestInterceptor {
  constructor(
    private readonly statuses: ProjectionStatuses,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const { headers, method, query } = http.getRequest<FastifyRequest>();
    const position = positionIn(headers['recount-consistent-with']);
    const projections = this.reflector.getAllAndOverride<string[] | undefined>(READS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!projections) return next.handle();
    if (position !== undefined) await this.statuses.waitFor(projections, position);
    if (method === 'GET' && (query as { readonly asOf?: unknown }).asOf === undefined) {
      const reached = await this.statuses.reached(projections);
      const known = position !== undefined && position > reached ? position : reached;
      http.getResponse<FastifyReply>().header('recount-position', String(known));
    }
    return next.handle();
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
