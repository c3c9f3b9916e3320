import { createHmac } from 'node:crypto';
import { MasterKey } from '#personal-data';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { stringify } from 'safe-stable-stringify';
import { canonicalUrl } from './request-path.js';

/**
 * What was asked, whatever the order of its fields, the escapes of its URL or the door it came by. Events keep it, and for ever:
 * it is keyed, so that nobody can try on the log what an erased person's request may have said.
 */
@Injectable()
export class RequestHashes {
  private readonly key: Buffer;

  constructor(master: MasterKey) {
    this.key = master.derive('request-hash', '');
  }

  of({ method, url, body }: FastifyRequest): string {
    return createHmac('sha256', this.key)
      .update(`${method} ${canonicalUrl(url)}\n${stringify(body ?? {})}`)
      .digest('hex');
  }
}
