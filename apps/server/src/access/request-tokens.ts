import { createSecretKey, hash } from 'node:crypto';
import { BOUND_HEADERS, REQUEST_TOKEN_SECONDS, requestDigest } from '#client';
import { Clock, epochMicroseconds, refuse, type ApiKeyId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { ApiKeys } from './api-keys.js';
import { Credentials, unknownKey } from './credentials.js';

/** A request as it arrived at a door that others may listen at. */
export interface OverheardRequest {
  readonly subject: string;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;
const DIGEST = /^[0-9a-f]{64}$/;
const CLOCK_TOLERANCE_SECONDS = 30;

/** Requests that show an API key without saying it, to a door where everybody may read them. */
@Injectable()
export class RequestTokens {
  constructor(
    private readonly credentials: Credentials,
    private readonly apiKeys: ApiKeys,
    private readonly clock: Clock,
  ) {}

  /** The API key that signed this very request. @throws DomainError `unauthenticated` */
  async keyBehind(request: OverheardRequest): Promise<string> {
    const token = BEARER.exec(request.headers['authorization']?.[0] ?? '')?.[1] ?? refused();
    const secret = (await this.secretNamedIn(token)) ?? unknownKey();
    try {
      const { payload } = await jwtVerify(token, createSecretKey(Buffer.from(secret)), {
        algorithms: ['HS256'],
        audience: request.subject,
        requiredClaims: ['exp', 'iat', 'jti', 'req'],
        maxTokenAge: REQUEST_TOKEN_SECONDS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(Number(epochMicroseconds(this.clock.now()) / 1_000n)),
      });
      const { body, headers } = request;
      if (payload['req'] !== requestDigest({ body, headers: boundIn(headers) })) return refused();
      return secret;
    } catch (error) {
      if (error instanceof errors.JOSEError) return refused();
      throw error;
    }
  }

  private async secretNamedIn(token: string): Promise<string | undefined> {
    const digest = kidIn(token);
    const keyId = digest && (await this.credentials.keyWithDigest(digest));
    return keyId && this.secretWithDigest(keyId, digest);
  }

  /** A key follows from its id; whether it is one of a test tenant stands in its first letters. */
  private secretWithDigest(keyId: ApiKeyId, digest: string): string | undefined {
    return (['live', 'test'] as const)
      .map((mode) => this.apiKeys.secretOf(mode, keyId))
      .find((made) => made.hash === digest)?.secret;
  }
}

const kidIn = (token: string): string | undefined => {
  try {
    const { kid } = decodeProtectedHeader(token);
    return typeof kid === 'string' && DIGEST.test(kid) ? kid : undefined;
  } catch {
    return undefined;
  }
};

const boundIn = (headers: OverheardRequest['headers']): Record<string, string> =>
  Object.fromEntries(
    BOUND_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name][0] ?? '']])),
  );

/** Whoever sees the same request again has sent the same request: its signature serves as a key where it has none. */
export const keyOfRepetition = (authorization: string): string => hash('sha256', authorization).slice(0, 40);

const refused = (): never =>
  refuse(
    'unauthenticated',
    'Others may listen here: sign each request with your API key, and send the token instead of the key.',
    'unauthenticated',
  );
