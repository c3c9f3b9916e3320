import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
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
  private readonly key: KeyObject;
  private readonly known = new WeakMap<FastifyRequest, string>();

  constructor(master: MasterKey) {
    this.key = createSecretKey(master.derive('request-hash', ''));
  }

  of(request: FastifyRequest): string {
    const known = this.known.get(request);
    if (known !== undefined) return known;
    const hash = this.made(request);
    this.known.set(request, hash);
    return hash;
  }

  private made({ method, url, body }: FastifyRequest): string {
    return createHmac('sha256', this.key)
      .update(`${method} ${canonicalUrl(url)}\n${stringify(body ?? {})}`)
      .digest('hex');
  }
}
