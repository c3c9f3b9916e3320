import { Injectable, NotAcceptableException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { acceptedType, servedTypes } from './served-types.js';

/** Would they take the answer? Asked before anything is done. */
@Injectable()
export class AcceptGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { accept } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const served = servedTypes(context.getHandler());
    if (acceptedType(accept, served) !== undefined) return true;
    throw new NotAcceptableException(`This answers ${served.join(' or ')}: accept that, or leave Accept out.`);
  }
}
