import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AccessSettings } from '../access/access-settings.js';
import type { TokenKey, TokenSettings } from '../access/tokens.js';
import type { Configuration } from './configuration.js';
import { WrongConfiguration } from './read-configuration.js';

/** How callers are let in. @throws WrongConfiguration */
export const accessSettingsOf = (configuration: Configuration): AccessSettings =>
  new AccessSettings(
    configuration.RATE_LIMIT,
    tokenSettingsOf(configuration),
    configuration.FAILED_CREDENTIALS_LIMIT,
    configuration.TRUSTED_PROXIES,
    configuration.METRICS_TOKEN ?? null,
  );

const wrong = (line: string): never => {
  throw new WrongConfiguration([line]);
};

const KINDS = ['JWT_JWKS_URL', 'JWT_PUBLIC_KEY', 'JWT_SECRET'] as const;

const tokenSettingsOf = (configuration: Configuration): TokenSettings | null => {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience } = configuration;
  const kinds = KINDS.filter((kind) => configuration[kind] !== undefined);
  if (kinds.length === 0 && issuer === undefined && audience === undefined) return null;
  if (kinds.length !== 1) return wrong(`Tokens take one of ${KINDS.join(', ')}; ${kinds.length} are set.`);
  if (issuer === undefined || audience === undefined) {
    return wrong(`${kinds[0]} is set: tokens also take JWT_ISSUER and JWT_AUDIENCE.`);
  }
  return { issuer, audience, key: keyOf(configuration) };
};

const keyOf = ({ JWT_JWKS_URL: url, JWT_PUBLIC_KEY: pem, JWT_SECRET: secret }: Configuration): TokenKey => {
  if (url !== undefined) return { kind: 'jwks', url: new URL(url) };
  if (secret !== undefined) return { kind: 'secret', secret: Buffer.from(secret) };
  const key = publicKeyIn(pem!);
  return { kind: 'public_key', key, algorithm: algorithmOf(key) };
};

const publicKeyIn = (given: string): KeyObject => {
  try {
    const pem = given.includes('-----BEGIN') ? given.replaceAll('\\n', '\n') : readFileSync(given, 'utf8');
    // Node would take the public half of a private key: whoever put one here should hear of it.
    if (!pem.includes('PRIVATE KEY')) return createPublicKey(pem);
  } catch {
    // Told below, without the text: it may be the wrong file.
  }
  return wrong('JWT_PUBLIC_KEY is a public key in PEM, or a file that holds one.');
};

const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): 'RS256' | 'ES256' | 'EdDSA' => {
  if (asymmetricKeyType === 'rsa' && asymmetricKeyDetails!.modulusLength! >= 2048) return 'RS256';
  if (asymmetricKeyType === 'ec' && asymmetricKeyDetails!.namedCurve === 'prime256v1') return 'ES256';
  if (asymmetricKeyType === 'ed25519') return 'EdDSA';
  return wrong('JWT_PUBLIC_KEY is RSA of 2,048 bits or more, P-256 or Ed25519.');
};
