import { refuse } from '#kernel';
import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import { callerOf } from './caller.js';

export const PUBLIC = 'recount:public';

/** Open to everybody: health, documentation. */
export const Public = () => SetMetadata(PUBLIC, true);

export const isPublic = (reflector: Reflector, context: ExecutionContext): boolean =>
  reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()]) === true;

/** Whoever asks for an operation was asked who they are when their headers came: what is no operation lets nobody in. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const caller: Caller | undefined = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    return (
      isPublic(this.reflector, context) ||
      caller !== undefined ||
      refuse('unauthenticated', 'Nobody is known here.', 'unauthenticated')
    );
  }
}
