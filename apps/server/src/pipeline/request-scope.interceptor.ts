import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { operationOf } from '../access/operation.js';
import { withinRequest } from '../access/request-scope.js';
import { callerOf } from './caller.js';

/** Whatever answers an operation knows for whom, so that reads of personal data are logged wherever they happen. */
@Injectable()
export class RequestScopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const operation = operationOf(context.getHandler());
    if (!operation) return next.handle();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { actor } = callerOf(request);
    const scope = { actor, operation: operation.name, requestId: request.id };
    return new Observable((subscriber) => withinRequest(scope, () => next.handle().subscribe(subscriber)));
  }
}
