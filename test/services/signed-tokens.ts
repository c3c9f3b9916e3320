import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { TokenSettings } from '../../apps/server/src/access/tokens.js';

const ISSUER = 'https://id.example.com';
const AUDIENCE = 'recount';

/** An issuer whom an installation trusts, and those who pretend to be it. */
export class TokenIssuer {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

  get settings(): TokenSettings {
    return {
      issuer: ISSUER,
      audience: AUDIENCE,
      key: { kind: 'public_key', key: this.keys.publicKey, algorithm: 'RS256' },
    };
  }

  tokenFor(tenant: string, role = 'billing_admin'): Promise<string> {
    return signed('RS256', this.keys.privateKey, { tenant, role });
  }

  /** Tokens that say the right thing and are not to be believed, by what is wrong with them. */
  async forged(tenant: string): Promise<Record<string, string>> {
    const claims = { tenant, role: 'billing_admin' };
    const publicPem = this.keys.publicKey.export({ type: 'spki', format: 'pem' });
    return {
      'expired token': await signed('RS256', this.keys.privateKey, claims, '-5m'),
      'alg=none token': new UnsecuredJWT({ ...claims, iss: ISSUER, aud: AUDIENCE, sub: 'ada' })
        .setExpirationTime('5m')
        .encode(),
      'confused-key token': await signed('HS256', Buffer.from(publicPem), claims),
      'token of a stranger': await signed('RS256', this.stranger.privateKey, claims),
      'token of no tenant': await this.tokenFor('tnt_01j9zq6e4hf0fvwpn5t5jzq3cd'),
    };
  }
}

const signed = (
  algorithm: string,
  key: KeyObject | Uint8Array,
  claims: JWTPayload,
  expires: string = '1h',
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject('ada')
    .setExpirationTime(expires)
    .sign(key);
