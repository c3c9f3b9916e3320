import type { Fact } from '#contracts';
import { anId, at, ENTITY, givenFor, SERIES, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { ApiKeyCommand, TenantCommand } from './tenant.commands.js';
import { tenantDecider } from './tenant.decider.js';

const NOW = at('2026-01-15T12:00:00Z');
const LATER = at('2026-01-16T12:00:00Z');
const LAST = at('2026-02-01T00:00:00Z');

const aKey = (number: number, terms: Partial<Fact<'ApiKeyIssued'>['data']> = {}): Fact<'ApiKeyIssued'>['data'] => ({
  keyId: anId('key', number),
  name: `Key ${number}`,
  hash: 'a'.repeat(64),
  scopes: ['billing_admin'],
  ...terms,
});
const issue = (number: number, terms?: Partial<Fact<'ApiKeyIssued'>['data']>, now = NOW): ApiKeyCommand => ({
  type: 'IssueApiKey',
  key: aKey(number, terms),
  now,
});
const rotate = (
  number: number,
  successor: number,
  terms: Partial<Fact<'ApiKeyIssued'>['data']> = {},
): ApiKeyCommand => ({
  type: 'RotateApiKey',
  keyId: anId('key', number),
  successor: { keyId: anId('key', successor), hash: 'b'.repeat(64), ...terms },
  until: LATER,
  now: NOW,
});
const revoke = (number: number, cascade?: boolean): ApiKeyCommand => ({
  type: 'RevokeApiKey',
  keyId: anId('key', number),
  ...(cascade === undefined ? {} : { cascade }),
});
const by = (number: number) => ({ issuedBy: anId('key', number) });

const CREATE: TenantCommand = {
  type: 'CreateTenant',
  usageShards: 16,
  tenantId: TENANT,
  name: 'Acme',
  entityId: ENTITY,
  seriesId: SERIES,
  timeZone: 'UTC',
  firstKey: aKey(1),
};
const given = (...before: ApiKeyCommand[]) => givenFor(tenantDecider)().after(CREATE, ...before);
const issued = (number: number, terms: Partial<Fact<'ApiKeyIssued'>['data']> = {}) =>
  ({ type: 'ApiKeyIssued', data: aKey(number, terms) }) as const;

describe('an heir', () => {
  const brief = issue(2, { expiresAt: LAST, requestsPerHour: 10 });

  it('has the terms of its issuer where it names none', () => {
    given(brief)
      .when(issue(3, by(2)))
      .then(issued(3, { ...by(2), expiresAt: LAST, requestsPerHour: 10 }));
  });

  it('ends with its issuer at the latest', () => {
    given(brief)
      .when(issue(3, { ...by(2), expiresAt: at('2026-02-01T00:00:00.000001Z') }))
      .thenRefused('forbidden');
    given(brief)
      .when(issue(3, { ...by(2), expiresAt: LAST, requestsPerHour: 5 }))
      .then(issued(3, { ...by(2), expiresAt: LAST, requestsPerHour: 5 }));
  });

  it('is not issued by what opens nothing any more', () => {
    given(brief, revoke(2))
      .when(issue(3, by(2)))
      .thenRefused('forbidden');
    given(brief)
      .when(issue(3, by(2), LAST))
      .thenRefused('forbidden');
  });
});

describe('a successor', () => {
  const terms = { scopes: ['usage.write'], requestsPerHour: 7 };

  it('has the name, the scopes and the limit of the key that it replaces, which ends after the overlap', () => {
    given(issue(2, terms))
      .when(rotate(2, 3, by(1)))
      .then(
        issued(3, {
          ...terms,
          ...by(1),
          name: 'Key 2',
          hash: 'b'.repeat(64),
          replaces: { keyId: anId('key', 2), until: LATER },
        }),
      );
    expect(given(issue(2, terms), rotate(2, 3)).state.apiKeys.get(anId('key', 2))).toMatchObject({
      expiresAt: LATER,
      replacedBy: anId('key', 3),
    });
  });

  it('never makes the former last longer', () => {
    const soon = at('2026-01-15T13:00:00Z');
    const { apiKeys } = given(issue(2, { expiresAt: soon }), rotate(2, 3)).state;
    expect(apiKeys.get(anId('key', 2))).toMatchObject({ expiresAt: soon });
    expect(apiKeys.get(anId('key', 3))).toMatchObject({ expiresAt: soon });
  });

  it('may end later than the former, but not than its issuer', () => {
    const ended = issue(2, { expiresAt: LATER });
    given(ended)
      .when(rotate(2, 3, { ...by(2), expiresAt: LAST }))
      .thenRefused('forbidden');
    expect(given(ended, rotate(2, 3, { ...by(1), expiresAt: LAST })).state.apiKeys.get(anId('key', 3))).toMatchObject({
      expiresAt: LAST,
    });
  });

  it('is one of one, and of what still opens', () => {
    given(issue(2), rotate(2, 3)).when(rotate(2, 4)).thenRefused('api_key_replaced');
    given(issue(2), rotate(2, 3)).when(rotate(2, 3)).thenNothing();
    given(issue(2), revoke(2)).when(rotate(2, 3)).thenRefused('api_key_not_live');
    given().when(rotate(2, 3)).thenRefused('api_key_not_found');
  });
});

describe('a revocation', () => {
  const family = [issue(2, by(1)), issue(3, by(2)), issue(4, by(1)), issue(5, by(3))];
  const revoked = (number: number, ...heirs: number[]) =>
    ({
      type: 'ApiKeyRevoked',
      data: {
        keyId: anId('key', number),
        ...(heirs.length === 0 ? {} : { heirs: heirs.map((heir) => anId('key', heir)) }),
      },
    }) as const;

  it('is of one key unless its heirs are meant, too', () => {
    given(...family)
      .when(revoke(2))
      .then(revoked(2));
    given(...family)
      .when(revoke(2, true))
      .then(revoked(2, 3, 5));
    given(...family)
      .when(revoke(1, true))
      .then(revoked(1, 2, 3, 4, 5));
  });

  it('reaches heirs of what is revoked already, and names none twice', () => {
    given(...family, revoke(2), revoke(3))
      .when(revoke(2, true))
      .then(revoked(2, 5));
    given(...family, revoke(2, true))
      .when(revoke(2, true))
      .thenNothing();
    const { apiKeys } = given(...family, revoke(2, true)).state;
    expect([...apiKeys.values()].map(({ revoked: is }) => is)).toEqual([false, true, true, false, true]);
  });

  it('reaches the successor that a key made of itself', () => {
    given(issue(2, by(1)), rotate(2, 3, by(2)))
      .when(revoke(2, true))
      .then(revoked(2, 3));
  });
});

describe('keys', () => {
  it('are a thousand at the most, not counting what opens nothing', () => {
    const many = Array.from({ length: 999 }, (_, index) => issue(index + 2));
    given(...many)
      .when(issue(2_000))
      .thenRefused('too_many_api_keys');
    given(...many)
      .when(rotate(2, 2_000))
      .thenRefused('too_many_api_keys');
    given(...many, revoke(5))
      .when(issue(2_000))
      .then(issued(2_000));
  });
});
