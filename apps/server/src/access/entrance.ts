import { DomainError, refuse } from '#kernel';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AccessSettings } from './access-settings.js';
import type { Caller } from './caller.js';
import { Credentials, digestOf } from './credentials.js';
import { FailedCredentials } from './failed-credentials.js';

/** An API key has 46 characters, a token a few hundred; nothing longer is looked at. */
const BEARER = /^Bearer ([\x21-\x7e]{1,8192})$/i;

/** What an `Authorization` presents; undefined if it presents nothing that could be looked at. */
export const bearerIn = (authorization: string | undefined): string | undefined =>
  BEARER.exec(authorization ?? '')?.[1];

/** Credentials that opened something lately, from wherever. */
const KNOWN_MAX = 10_000;
const KNOWN_MILLISECONDS = 60 * 60 * 1_000;

/** An address that failed so often that nothing unknown is heard from it for a while. */
export class ShutOut extends DomainError {
  constructor(readonly retrySeconds: number) {
    super(
      'too_many_failed_credentials',
      `Too many requests from your address had no valid credentials: try again in ${retrySeconds} s.`,
      'too_many',
    );
  }
}

/** Where every door asks who is there, before it reads what they want. */
@Injectable()
export class Entrance {
  private readonly failed: FailedCredentials;
  private readonly cameIn = new LRUCache<string, true>({ max: KNOWN_MAX, ttl: KNOWN_MILLISECONDS });

  constructor(
    private readonly credentials: Credentials,
    settings: AccessSettings,
  ) {
    this.failed = new FailedCredentials(settings.failuresPerMinute);
  }

  /**
   * An address may be that of many. Whoever fails keeps nobody out who came in lately.
   * @param address undefined where nobody knows it
   * @throws ShutOut | DomainError `unauthenticated`, `tenant_suspended`, `unavailable`
   */
  async callerWith(authorization: string | undefined, address: string | undefined): Promise<Caller> {
    const bearer = bearerIn(authorization);
    const digest = digestOf(bearer ?? '');
    const wait = address === undefined ? 0 : this.failed.waitOf(address);
    if (wait > 0 && !this.cameIn.has(digest)) throw new ShutOut(wait);
    try {
      const caller = await this.callerOf(bearer, digest);
      this.cameIn.set(digest, true);
      return caller;
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') {
        this.cameIn.delete(digest);
        if (address !== undefined) this.failed.add(address);
      }
      throw error;
    }
  }

  /** Who came in with it lately, and is remembered: nobody needs to be asked. Undefined where somebody does. */
  known(authorization: string | undefined): Caller | undefined {
    const bearer = bearerIn(authorization);
    if (bearer === undefined) return undefined;
    const digest = digestOf(bearer);
    return this.cameIn.has(digest) ? this.credentials.remembered(digest) : undefined;
  }

  private callerOf(bearer: string | undefined, digest: string): Promise<Caller> {
    if (bearer !== undefined) return this.credentials.callerWith(bearer, { digest });
    return refuse('unauthenticated', 'Send your API key or token as “Authorization: Bearer <key>”.', 'unauthenticated');
  }
}
