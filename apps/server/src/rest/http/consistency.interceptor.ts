import { refuseAt } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';

export const READS = 'recount:reads';
const PATIENCE_MILLISECONDS = 5_000;

/** Which projections a query reads: what it waits for when the caller names a position. */
export const Reads = (...projections: readonly string[]) => SetMetadata(READS, projections);

/** Read your writes: with `Recount-Consistent-With: <position>` a query waits until it knows that position. */
@Injectable()
export class ConsistencyInterceptor implements NestInterceptor {
  constructor(
    private readonly statuses: ProjectionStatuses,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const wanted = headers['recount-consistent-with'];
    if (wanted === undefined) return next.handle();
    if (typeof wanted !== 'string' || !/^\d{1,18}$/.test(wanted)) {
      return refuseAt(
        '/headers/recount-consistent-with',
        'invalid_request',
        'This header takes a position that an answer gave.',
        'invalid',
      );
    }
    const projections = this.reflector.getAllAndOverride<string[] | undefined>(READS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (projections) await this.statuses.waitFor(projections, BigInt(wanted), PATIENCE_MILLISECONDS);
    return next.handle();
  }
}
