import 'reflect-metadata';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accessSettingsOf } from './access.js';
import { readConfiguration, WrongConfiguration } from './read-configuration.js';

const FOR = { JWT_ISSUER: 'https://id.example.com', JWT_AUDIENCE: 'recount' };
const SECRET = 'x'.repeat(32);

const settings = (environment: NodeJS.ProcessEnv) => accessSettingsOf(readConfiguration(environment));

const refused = (environment: NodeJS.ProcessEnv): string => {
  try {
    settings(environment);
    return '';
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.message;
    throw error;
  }
};

const pemOf = (key: { export(options: object): string | Buffer }, type: 'spki' | 'pkcs8' = 'spki'): string =>
  key.export({ type, format: 'pem' }).toString();

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

describe('the access that is configured', () => {
  it('is by API keys alone, a thousand requests an hour, unless told', () => {
    expect(settings({})).toEqual({
      requestsPerHour: 1_000,
      tokens: null,
      failuresPerMinute: 100,
      trustedProxies: [],
      metricsToken: null,
    });
    expect(settings({ RATE_LIMIT: '50' }).requestsPerHour).toBe(50);
    expect(settings({ FAILED_CREDENTIALS_LIMIT: '5', TRUSTED_PROXIES: '10.0.0.0/8, ::1' })).toMatchObject({
      failuresPerMinute: 5,
      trustedProxies: ['10.0.0.0/8', '::1'],
    });
  });

  it.each([
    ['RS256', rsa.publicKey],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey],
    ['EdDSA', generateKeyPairSync('ed25519').publicKey],
  ])('takes %s for the key that it fits', (algorithm, key) => {
    const { tokens } = settings({ ...FOR, JWT_PUBLIC_KEY: pemOf(key).replaceAll('\n', '\\n') });
    expect(tokens).toMatchObject({ issuer: FOR.JWT_ISSUER, key: { kind: 'public_key', algorithm } });
  });

  it('takes a key from a file, a URL or a secret', () => {
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-'));
    const file = join(folder, 'issuer.pem');
    writeFileSync(file, pemOf(rsa.publicKey));
    expect(settings({ ...FOR, JWT_PUBLIC_KEY: file }).tokens!.key).toMatchObject({ algorithm: 'RS256' });
    rmSync(folder, { recursive: true });
    const url = 'https://id.example.com/jwks.json';
    expect(settings({ ...FOR, JWT_JWKS_URL: url }).tokens!.key).toEqual({ kind: 'jwks', url: new URL(url) });
    expect(settings({ ...FOR, JWT_SECRET: SECRET }).tokens!.key).toMatchObject({ kind: 'secret' });
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['two kinds of key', { ...FOR, JWT_SECRET: SECRET, JWT_JWKS_URL: 'https://id.example.com' }, /one of .*2 are set/],
    ['an issuer without a key', FOR, /one of .*0 are set/],
    ['a key without an issuer', { JWT_SECRET: SECRET, JWT_AUDIENCE: 'recount' }, /JWT_ISSUER/],
    ['a key without an audience', { JWT_SECRET: SECRET, JWT_ISSUER: 'x' }, /JWT_AUDIENCE/],
    ['a short secret', { ...FOR, JWT_SECRET: 'short' }, /JWT_SECRET=….*32 characters/],
    ['a private key', { ...FOR, JWT_PUBLIC_KEY: pemOf(rsa.privateKey, 'pkcs8') }, /public key in PEM/],
    ['a file that is not there', { ...FOR, JWT_PUBLIC_KEY: '/nowhere/issuer.pem' }, /public key in PEM/],
    [
      'a short RSA key',
      { ...FOR, JWT_PUBLIC_KEY: pemOf(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey) },
      /2,048 bits/,
    ],
    [
      'another curve',
      { ...FOR, JWT_PUBLIC_KEY: pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey) },
      /P-256/,
    ],
    ['a limit of nothing', { RATE_LIMIT: '0' }, /RATE_LIMIT="0"/],
    ['no failure at all', { FAILED_CREDENTIALS_LIMIT: '0' }, /FAILED_CREDENTIALS_LIMIT="0"/],
    ['a short token for metrics', { METRICS_TOKEN: 'short' }, /METRICS_TOKEN=…/],
    ['a proxy by its name', { TRUSTED_PROXIES: '10.0.0.0/8, proxy.example.com' }, /TRUSTED_PROXIES=/],
    ['a network of 33 bits', { TRUSTED_PROXIES: '10.0.0.0/33' }, /TRUSTED_PROXIES=/],
    ['an origin with a path', { CORS_ORIGINS: 'https://app.example.com/console' }, /CORS_ORIGINS=/],
    ['every origin', { CORS_ORIGINS: '*' }, /CORS_ORIGINS=/],
  ])('is not %s', (_, environment, line) => {
    const told = refused(environment);
    expect(told).toMatch(line);
    expect(told).not.toMatch(/BEGIN|short"/);
  });
});
