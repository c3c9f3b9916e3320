import { createSecretKey, type KeyObject } from 'node:crypto';
import { isId, refuse, type TenantId } from '#kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { isPermission, isRole, type Permission, type Role } from './permissions.js';

/** What signs tokens. The kind of key fixes the algorithms: a public key never serves as a secret. */
export type TokenKey =
  | { readonly kind: 'jwks'; readonly url: URL }
  | { readonly kind: 'public_key'; readonly key: KeyObject; readonly algorithm: 'RS256' | 'ES256' | 'EdDSA' }
  | { readonly kind: 'secret'; readonly secret: Uint8Array };

export interface TokenSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly key: TokenKey;
}

/** What a token says of its bearer. */
export interface Claims {
  readonly tenantId: TenantId;
  readonly subject: string;
  readonly scopes: readonly (Role | Permission)[];
}

const CLOCK_TOLERANCE_SECONDS = 30;
/** A key that its issuer took back signs no more after this long. */
const KEYS_AGE_MILLISECONDS_MAX = 10 * 60 * 1000;
const KEYS_PATIENCE_MILLISECONDS = 3_000;

const SUBJECT = /^[\x21-\x7e]{1,128}$/;

/** Tokens of an issuer that this installation trusts (RFC 7519), in place of API keys. */
export class Tokens {
  private readonly key: JWTVerifyGetKey;
  private readonly algorithms: string[];

  constructor(private readonly settings: TokenSettings) {
    const { key } = settings;
    switch (key.kind) {
      case 'jwks':
        this.key = publishedKeys(key.url);
        this.algorithms = ['RS256', 'ES256', 'EdDSA'];
        break;
      case 'public_key':
        this.key = () => key.key;
        this.algorithms = [key.algorithm];
        break;
      case 'secret': {
        const secret = createSecretKey(key.secret);
        this.key = () => secret;
        this.algorithms = ['HS256'];
        break;
      }
    }
  }

  /** @throws DomainError `unauthenticated`; `unavailable` if the keys cannot be fetched */
  async claimsOf(token: string): Promise<Claims> {
    const { issuer, audience } = this.settings;
    try {
      const { payload } = await jwtVerify(token, this.key, {
        issuer,
        audience,
        algorithms: this.algorithms,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['exp', 'sub'],
      });
      return claimsIn(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return refused(error.message);
      throw error;
    }
  }
}

const refused = (why: string): never =>
  refuse('unauthenticated', `This token is not taken: ${why}.`, 'unauthenticated');

const claimsIn = ({ sub, tenant, role, permissions }: JWTPayload): Claims => {
  if (!SUBJECT.test(sub!)) return refused('"sub" has 1 to 128 printable ASCII characters');
  if (typeof tenant !== 'string' || !isId('tnt', tenant)) return refused('"tenant" is the id of a tenant');
  return { tenantId: tenant, subject: sub!, scopes: scopesIn(role, permissions) };
};

const scopesIn = (role: unknown, permissions: unknown): Claims['scopes'] => {
  if ((role === undefined) === (permissions === undefined)) return refused('it has one of "role" and "permissions"');
  if (typeof role === 'string' && isRole(role)) return [role];
  if (role !== undefined) return refused('"role" is not one of the roles');
  if (Array.isArray(permissions) && permissions.every((name) => typeof name === 'string' && isPermission(name)))
    return permissions;
  return refused('"permissions" is a list of permissions');
};

/** Cached, and fetched again for a key that is not among them. What cannot be fetched says nothing about a token. */
const publishedKeys = (url: URL): JWTVerifyGetKey => {
  const remote = createRemoteJWKSet(url, {
    cacheMaxAge: KEYS_AGE_MILLISECONDS_MAX,
    timeoutDuration: KEYS_PATIENCE_MILLISECONDS,
  });
  return async (header, token) => {
    try {
      return await remote(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      return refuse(
        'unavailable',
        'The keys that sign tokens cannot be fetched at the moment. Try again.',
        'unavailable',
      );
    }
  };
};
