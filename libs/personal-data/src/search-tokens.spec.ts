import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, anId, TENANT } from '#testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { KeyRing } from './key-ring.js';
import { MasterKey } from './master-key.js';
import { keyIdOf, PersonalKeys } from './personal-keys.js';
import { SealedPersonalData } from './sealed-personal-data.js';
import { SearchTokens, type SoughtPerson } from './search-tokens.js';

describe('tokens by which people are found', () => {
  const stopping = new Stopping();
  const folder = mkdtempSync(join(tmpdir(), 'recount-search-'));
  let keys: PersonalKeys;
  let sealing: SealedPersonalData;
  let tokens: SearchTokens;

  beforeAll(async () => {
    const database = await stopping.use(TestDatabase.create());
    keys = new PersonalKeys(KeyRing.open(join(folder, 'ring')), new MasterKey(randomBytes(32)), database.api);
    sealing = new SealedPersonalData(keys);
    tokens = new SearchTokens(keys, sealing);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const indexed = (person: Record<string, string>): string[] =>
    tokens.of(TENANT, sealing.seal(TENANT, ACCOUNT, 'profile', person));
  const finds = (sought: SoughtPerson, person: Record<string, string>): boolean => {
    const found = new Set(indexed(person));
    return tokens.sought(TENANT, sought).every((token) => found.has(token));
  };

  it.each([
    ['ada', 'Ada Lovelace Ltd', true],
    ['love ada', 'Ada Lovelace Ltd', true],
    ['LOVELACE', 'Ada Lovelace Ltd', true],
    ['ovelace', 'Ada Lovelace Ltd', false],
    ['ada byron', 'Ada Lovelace Ltd', false],
    ['a', 'Ada Lovelace Ltd', false],
    ['x', 'Team X', true],
    ['strasse', 'Café Straße 7', true],
    ['CAFE 7', 'Café Straße 7', true],
    ['o’neil', "Shaun O'Neil", true],
    ['ﬁnance', 'Finance & Co.', true],
    ['株式', '株式会社レカウント', true],
    ['…', 'Ada Lovelace Ltd', false],
    ['donaudampfschifffahrtsgesellschaft', 'Donaudampfschifffahrtsgesellschaft', true],
  ])('a name that has “%s”: “%s” %p', (name, whole, expected) => {
    expect(finds({ name }, { name: whole })).toBe(expected);
  });

  it.each([
    ['Billing@Ada.Example', 'billing@ada.example', true],
    [' billing@ada.example ', 'billing@ada.example', true],
    ['billing@ada', 'billing@ada.example', false],
    ['billing', 'billing@ada.example', false],
  ])('an address that is “%s”: “%s” %p', (email, whole, expected) => {
    expect(finds({ email }, { name: 'Ada', email: whole })).toBe(expected);
  });

  it('asks for name and address both', () => {
    const person = { name: 'Ada Lovelace', email: 'billing@ada.example' };
    expect(finds({ name: 'ada', email: 'billing@ada.example' }, person)).toBe(true);
    expect(finds({ name: 'grace', email: 'billing@ada.example' }, person)).toBe(false);
  });

  it('takes a word of a name for no address', () => {
    expect(finds({ name: 'billing' }, { name: 'Ada', email: 'billing' })).toBe(false);
  });

  it('are bounded, however long a name is, and the same each time', () => {
    const name = Array.from(
      { length: 60 },
      (_, index) => `${String.fromCodePoint(97 + (index % 26))}x${index}abcdefghijklmnopqrstuvw`,
    ).join(' ');
    expect(indexed({ name, email: 'a@b.example' }).length).toBeLessThanOrEqual(305);
    expect(indexed({ name: 'Ada' })).toEqual(indexed({ name: 'Ada' }));
  });

  it('are others in another tenant, and hold nothing of the text', () => {
    const own = indexed({ name: 'Ada' });
    const other = anId('tnt', 2);
    const others = tokens.of(other, sealing.seal(other, ACCOUNT, 'profile', { name: 'Ada' }));
    expect(own.filter((token) => others.includes(token))).toEqual([]);
    expect(own.every((token) => /^[\w-]{16}$/u.test(token))).toBe(true);
  });

  it('are none once the person is erased', async () => {
    const grace = anId('acc', 7);
    const sealed = sealing.seal(TENANT, grace, 'profile', { name: 'Grace' });
    expect(tokens.of(TENANT, sealed)).not.toEqual([]);
    await keys.erase(TENANT, [keyIdOf(grace, 'profile')]);
    expect(tokens.of(TENANT, sealed)).toEqual([]);
  });
});
