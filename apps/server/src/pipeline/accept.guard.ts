import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { negotiatedType, servedTypes } from './served-types.js';

/** Would they take the answer? Asked before anything is done. */
@Injectable()
export class AcceptGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { accept } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    negotiatedType(accept, servedTypes(context.getHandler()));
    return true;
  }
}
