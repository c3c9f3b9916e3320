import { refuse } from '#kernel';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Room } from '../core/room.js';
import { DISK_FULL } from './problem.js';

/** What writes is refused before it begins where there is no room: nothing is left half done, and reads keep what there is. */
@Injectable()
export class RoomGuard implements CanActivate {
  constructor(private readonly room: Room) {}

  canActivate(context: ExecutionContext): boolean {
    const { method } = context.switchToHttp().getRequest<FastifyRequest>();
    if (method !== 'GET' && method !== 'HEAD' && this.room.isFull) refuse('disk_full', DISK_FULL, 'unavailable');
    return true;
  }
}
