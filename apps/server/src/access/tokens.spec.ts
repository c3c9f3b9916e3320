import { createServer, type Server } from 'node:http';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { anId, TENANT } from '#testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { exportJWK, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { Tokens, type TokenKey } from './tokens.js';

const ISSUER = 'https://id.example.com';
const AUDIENCE = 'recount';
const SECRET = Buffer.alloc(32, 7);

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = generateKeyPairSync('ed25519');

const CLAIMS = { tenant: TENANT, role: 'billing_admin' };

interface Signing {
  readonly claims?: JWTPayload;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string | number;
  readonly notBefore?: string;
  readonly subject?: string;
  readonly kid?: string;
}

const signed = (algorithm: string, key: KeyObject | Uint8Array, signing: Signing = {}): Promise<string> => {
  const { claims = CLAIMS, issuer = ISSUER, audience = AUDIENCE, expires = '5m', notBefore, subject = 'ada' } = signing;
  const token = new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, ...(signing.kid === undefined ? {} : { kid: signing.kid }) })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(subject)
    .setExpirationTime(expires);
  if (notBefore !== undefined) token.setNotBefore(notBefore);
  return token.sign(key);
};

const taking = (key: TokenKey): Tokens => new Tokens({ issuer: ISSUER, audience: AUDIENCE, key });
const bySecret = taking({ kind: 'secret', secret: SECRET });
const byRsa = taking({ kind: 'public_key', key: rsa.publicKey, algorithm: 'RS256' });

const refused = (code: string) => expect.objectContaining({ code });

describe('a token', () => {
  it.each([
    ['RS256', rsa],
    ['ES256', p256],
    ['EdDSA', ed25519],
  ] as const)('signed with %s says whose it is', async (algorithm, { publicKey, privateKey }) => {
    const tokens = taking({ kind: 'public_key', key: publicKey, algorithm });
    expect(await tokens.claimsOf(await signed(algorithm, privateKey))).toEqual({
      tenantId: TENANT,
      subject: 'ada',
      scopes: ['billing_admin'],
    });
  });

  it('signed with a shared secret does, too, and may name permissions instead of a role', async () => {
    const claims = { tenant: TENANT, permissions: ['usage.write', 'usage.read'] };
    expect(await bySecret.claimsOf(await signed('HS256', SECRET, { claims }))).toMatchObject({
      scopes: ['usage.write', 'usage.read'],
    });
  });

  it.each<[string, Signing]>([
    ['that has expired', { expires: Math.floor(Date.now() / 1000) - 60 }],
    ['that does not hold yet', { notBefore: '2m' }],
    ['of another issuer', { issuer: 'https://elsewhere.example.com' }],
    ['for another audience', { audience: 'another' }],
    ['without a subject of a sensible form', { subject: 'Ada Lovelace' }],
    ['of no tenant', { claims: { role: 'billing_admin' } }],
    ['of a thing that is no tenant', { claims: { ...CLAIMS, tenant: anId('acc') } }],
    ['of an unknown role', { claims: { ...CLAIMS, role: 'owner' } }],
    ['of a role that every object has', { claims: { ...CLAIMS, role: 'constructor' } }],
    ['without role and permissions', { claims: { tenant: TENANT } }],
    ['with both', { claims: { ...CLAIMS, permissions: ['usage.read'] } }],
    ['with an unknown permission', { claims: { tenant: TENANT, permissions: ['usage.read', 'everything'] } }],
    ['with permissions that are no list', { claims: { tenant: TENANT, permissions: 'usage.read' } }],
  ])('%s is not taken', async (_, signing) => {
    await expect(bySecret.claimsOf(await signed('HS256', SECRET, signing))).rejects.toEqual(refused('unauthenticated'));
  });

  it('is taken within the tolerance of clocks', async () => {
    const late = { expires: Math.floor(Date.now() / 1000) - 10 };
    expect(await bySecret.claimsOf(await signed('HS256', SECRET, late))).toMatchObject({ subject: 'ada' });
  });

  it('without an end is not taken', async () => {
    const token = await new SignJWT({ ...CLAIMS, iss: ISSUER, aud: AUDIENCE, sub: 'ada' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(SECRET);
    await expect(bySecret.claimsOf(token)).rejects.toEqual(refused('unauthenticated'));
  });

  it('without a signature is not taken', async () => {
    const unsigned = new UnsecuredJWT({ ...CLAIMS, iss: ISSUER, aud: AUDIENCE, sub: 'ada' })
      .setExpirationTime('5m')
      .encode();
    for (const tokens of [bySecret, byRsa]) {
      await expect(tokens.claimsOf(unsigned)).rejects.toEqual(refused('unauthenticated'));
    }
  });

  it('signed with the public key as a secret is not taken', async () => {
    const pem = Buffer.from(rsa.publicKey.export({ type: 'spki', format: 'pem' }));
    const der = rsa.publicKey.export({ type: 'spki', format: 'der' });
    for (const secret of [pem, der]) {
      await expect(byRsa.claimsOf(await signed('HS256', secret))).rejects.toEqual(refused('unauthenticated'));
    }
  });

  it('signed by another key, or with another algorithm of the same one, is not taken', async () => {
    const others = [
      signed('RS256', otherRsa.privateKey),
      signed('PS256', rsa.privateKey),
      signed('RS512', rsa.privateKey),
      signed('ES256', p256.privateKey),
    ];
    for (const token of await Promise.all(others)) {
      await expect(byRsa.claimsOf(token)).rejects.toEqual(refused('unauthenticated'));
    }
  });
});

describe('published keys', () => {
  const servers: Server[] = [];
  let fetched = 0;

  /** Where an issuer publishes what stands in the list; null if it is out of order. */
  const published = async (keys: { list: object[] | null }): Promise<URL> => {
    const server = createServer((_, response) => {
      fetched += 1;
      response.statusCode = keys.list === null ? 500 : 200;
      response.end(JSON.stringify({ keys: keys.list ?? [] }));
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}/jwks.json`);
  };

  const jwk = async (key: KeyObject, kid: string): Promise<object> => ({ ...(await exportJWK(key)), kid, use: 'sig' });

  afterEach(() => {
    fetched = 0;
    for (const server of servers.splice(0)) server.close();
  });

  it('are picked by their id, and fetched once', async () => {
    const list = [await jwk(rsa.publicKey, 'first'), await jwk(ed25519.publicKey, 'second')];
    const tokens = taking({ kind: 'jwks', url: await published({ list }) });
    await tokens.claimsOf(await signed('RS256', rsa.privateKey, { kid: 'first' }));
    await tokens.claimsOf(await signed('EdDSA', ed25519.privateKey, { kid: 'second' }));
    expect(fetched).toBe(1);
    const unknown = signed('RS256', otherRsa.privateKey, { kid: 'third' });
    await expect(tokens.claimsOf(await unknown)).rejects.toEqual(refused('unauthenticated'));
    const stolen = signed('RS256', otherRsa.privateKey, { kid: 'first' });
    await expect(tokens.claimsOf(await stolen)).rejects.toEqual(refused('unauthenticated'));
  });

  it('sign nothing with a secret, not even one that was published', async () => {
    const list = [{ kty: 'oct', k: SECRET.toString('base64url'), kid: 'first', alg: 'HS256' }];
    const tokens = taking({ kind: 'jwks', url: await published({ list }) });
    const token = await signed('HS256', SECRET, { kid: 'first' });
    await expect(tokens.claimsOf(token)).rejects.toEqual(refused('unauthenticated'));
    expect(fetched).toBe(0);
  });

  it('that cannot be fetched say nothing about a token; once they can be, it is taken', async () => {
    const keys: { list: object[] | null } = { list: null };
    const tokens = taking({ kind: 'jwks', url: await published(keys) });
    const token = await signed('RS256', rsa.privateKey, { kid: 'first' });
    await expect(tokens.claimsOf(token)).rejects.toEqual(refused('unavailable'));
    keys.list = [await jwk(rsa.publicKey, 'first')];
    expect(await tokens.claimsOf(token)).toMatchObject({ subject: 'ada' });
    keys.list = null;
    expect(await tokens.claimsOf(token)).toMatchObject({ subject: 'ada' });
  });

  it('of a server that is not there neither', async () => {
    const url = await published({ list: [] });
    servers.splice(0).forEach((server) => server.close());
    const token = await signed('RS256', rsa.privateKey, { kid: 'first' });
    await expect(taking({ kind: 'jwks', url }).claimsOf(token)).rejects.toEqual(refused('unavailable'));
  });
});
