import { refuse } from '#kernel';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { operationOf } from '../access/operation.js';
import { isPublic } from './authentication.guard.js';
import { callerOf } from './caller.js';

/** May they do this? */
@Injectable()
export class AuthorizationGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (isPublic(this.reflector, context)) return true;
    const { permissions } = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
    const { permission } = operationOf(context.getHandler())!;
    return (
      permissions.has(permission) ||
      refuse('forbidden', `This takes the permission ${permission}, which your credentials do not have.`, 'forbidden')
    );
  }
}
