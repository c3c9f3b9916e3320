import { refuse } from '#kernel';
import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Credentials } from '../../access/credentials.js';
import { identify } from './caller.js';

export const PUBLIC = 'recount:public';

/** Open to everybody: health, metrics, documentation. */
export const Public = () => SetMetadata(PUBLIC, true);

export const isPublic = (reflector: Reflector, context: ExecutionContext): boolean =>
  reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()]) === true;

/** An API key has 46 characters, a token a few hundred; nothing longer is looked at. */
const BEARER = /^Bearer ([\x21-\x7e]{1,8192})$/i;

/** What a request presents; undefined if it presents nothing that could be looked at. */
export const bearerOf = ({ headers: { authorization } }: FastifyRequest): string | undefined =>
  BEARER.exec(authorization ?? '')?.[1];

/** Who is there? */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly credentials: Credentials,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isPublic(this.reflector, context)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const bearer = bearerOf(request);
    if (bearer === undefined) {
      return refuse(
        'unauthenticated',
        'Send your API key or token as “Authorization: Bearer <key>”.',
        'unauthenticated',
      );
    }
    identify(request, await this.credentials.callerWith(bearer));
    return true;
  }
}
