import { hash } from 'node:crypto';
import { MasterKey } from '#personal-data';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { stringify } from 'safe-stable-stringify';
import { canonicalUrl } from './request-path.js';

/**
 * What was asked, whatever the order of its fields, the escapes of its URL or the door it came by. Events keep it, and for ever:
 * a secret stands before and behind what is hashed, so that nobody can try on the log what an erased person's request may have said.
 */
@Injectable()
export class RequestHashes {
  private readonly secret: string;

  constructor(master: MasterKey) {
    this.secret = master.derive('request-hash', '').toString('hex');
  }

  of({ method, url, body }: Pick<FastifyRequest, 'method' | 'url' | 'body'>): string {
    return hash('sha256', `${this.secret}${method} ${canonicalUrl(url)}\n${stringify(body ?? {})}${this.secret}`);
  }
}
