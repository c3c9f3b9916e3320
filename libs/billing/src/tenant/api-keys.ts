import type { Fact } from '#contracts';
import { isBefore, notFound, refuse, refuseAt, type ApiKeyId, type Instant } from '#kernel';
import type { ApiKeyCommand } from './tenant.commands.js';

export type KnownApiKey = Fact<'ApiKeyIssued'>['data'] & { revoked: boolean; replacedBy: ApiKeyId | null };
export type KnownApiKeys = Map<ApiKeyId, KnownApiKey>;

type Terms = Pick<Fact<'ApiKeyIssued'>['data'], 'expiresAt' | 'requestsPerHour'>;

/** How many a tenant has that open something: each revocation with its heirs looks at all of them. */
const KEYS_MAX = 1_000;

export const decideApiKey = (command: ApiKeyCommand, keys: KnownApiKeys): Fact<'ApiKeyIssued' | 'ApiKeyRevoked'>[] => {
  switch (command.type) {
    case 'IssueApiKey': {
      const { key, now } = command;
      if (keys.has(key.keyId)) return [];
      refuseTooMany(keys, now);
      const issuer = issuerIn(keys, key.issuedBy, now);
      return [{ type: 'ApiKeyIssued', data: { ...key, ...termsWithin(issuer, key, now) } }];
    }
    case 'RotateApiKey':
      return rotated(command, keys);
    case 'RevokeApiKey': {
      const { keyId, cascade = false } = command;
      const key = keys.get(keyId) ?? notFound('api_key', keyId);
      const heirs = cascade ? heirsOf(keys, keyId) : [];
      if (key.revoked && heirs.length === 0) return [];
      return [{ type: 'ApiKeyRevoked', data: { keyId, ...(heirs.length === 0 ? {} : { heirs }) } }];
    }
  }
};

export const evolveApiKeys = (keys: KnownApiKeys, { type, data }: Fact<'ApiKeyIssued' | 'ApiKeyRevoked'>): void => {
  switch (type) {
    case 'ApiKeyIssued': {
      keys.set(data.keyId, { ...data, revoked: false, replacedBy: null });
      const { replaces } = data;
      if (replaces === undefined) return;
      const former = keys.get(replaces.keyId)!;
      keys.set(replaces.keyId, { ...former, expiresAt: replaces.until, replacedBy: data.keyId });
      return;
    }
    case 'ApiKeyRevoked':
      for (const keyId of [data.keyId, ...(data.heirs ?? [])]) keys.get(keyId)!.revoked = true;
      return;
  }
};

/** The same name, scopes and limit under another secret; the former key opens until the overlap is over. */
const rotated = (
  { keyId, successor, until, now }: Extract<ApiKeyCommand, { type: 'RotateApiKey' }>,
  keys: KnownApiKeys,
): Fact<'ApiKeyIssued' | 'ApiKeyRevoked'>[] => {
  if (keys.has(successor.keyId)) return [];
  const former = keys.get(keyId) ?? notFound('api_key', keyId);
  if (!opens(former, now)) return refuse('api_key_not_live', 'This key is revoked or expired: issue another one.');
  if (former.replacedBy !== null)
    return refuse('api_key_replaced', `This key has a successor already: ${former.replacedBy}.`);
  refuseTooMany(keys, now);
  const issuer = issuerIn(keys, successor.issuedBy, now);
  const { name, scopes, requestsPerHour, expiresAt } = former;
  const asked = {
    ...(requestsPerHour === undefined ? {} : { requestsPerHour }),
    ...((successor.expiresAt ?? expiresAt) === undefined ? {} : { expiresAt: successor.expiresAt ?? expiresAt }),
  } as Terms;
  const end = expiresAt !== undefined && isBefore(expiresAt, until) ? expiresAt : until;
  const data = { ...successor, name, scopes, ...termsWithin(issuer, asked, now), replaces: { keyId, until: end } };
  return [{ type: 'ApiKeyIssued', data }];
};

/** What a key without terms of its own gets is the issuer's; no life goes beyond it. */
const termsWithin = (issuer: KnownApiKey | undefined, asked: Terms, now: Instant): Terms => {
  const expiresAt = asked.expiresAt ?? issuer?.expiresAt;
  const requestsPerHour = asked.requestsPerHour ?? issuer?.requestsPerHour;
  if (expiresAt !== undefined && !isBefore(now, expiresAt))
    return refuse('expiry_in_past', `The key would have expired at ${expiresAt}.`);
  if (issuer?.expiresAt !== undefined && isBefore(issuer.expiresAt, expiresAt!)) {
    return refuseAt(
      '/expiresAt',
      'forbidden',
      `No key outlives the one that issues it: ${issuer.expiresAt}.`,
      'forbidden',
    );
  }
  return {
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(requestsPerHour === undefined ? {} : { requestsPerHour }),
  };
};

/** Undefined where no key asks: a token, or the operator. */
const issuerIn = (keys: KnownApiKeys, issuedBy: ApiKeyId | undefined, now: Instant): KnownApiKey | undefined => {
  const issuer = issuedBy && keys.get(issuedBy);
  // It was let in a moment ago, and has been revoked since.
  if (issuer && !opens(issuer, now))
    return refuse('forbidden', 'What is revoked or expired issues nothing.', 'forbidden');
  return issuer;
};

const refuseTooMany = (keys: KnownApiKeys, now: Instant): void => {
  if ([...keys.values()].filter((key) => opens(key, now)).length >= KEYS_MAX)
    refuse('too_many_api_keys', `A tenant has at most ${KEYS_MAX} keys that open something: revoke some.`);
};

const opens = ({ revoked, expiresAt }: KnownApiKey, now: Instant): boolean =>
  !revoked && (expiresAt === undefined || isBefore(now, expiresAt));

/** What it issued, what these issued, and so on, as far as it is not revoked yet. */
const heirsOf = (keys: KnownApiKeys, keyId: ApiKeyId): ApiKeyId[] => {
  // Who issues was there first, so one look in the order of issue finds every generation.
  const lineage = new Set([keyId]);
  for (const key of keys.values()) if (key.issuedBy && lineage.has(key.issuedBy)) lineage.add(key.keyId);
  lineage.delete(keyId);
  return [...lineage].filter((heir) => !keys.get(heir)!.revoked);
};
