import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACCOUNT, anId, TENANT } from '#testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { KeyRing } from './key-ring.js';
import { MasterKey, openBytes, sealBytes } from './master-key.js';
import { keyIdOf, PersonalKeys } from './personal-keys.js';
import { SealedAnswers } from './sealed-answers.js';
import { SealedPersonalData, type Sealed } from './sealed-personal-data.js';

const OTHER_ACCOUNT = anId('acc', 2);
const OTHER_TENANT = anId('tnt', 2);
const PERSON = {
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  address: { city: 'London', lines: ['12 St James’s Sq'] },
};

const flipped = (base64: string, at: number): string => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[at < 0 ? bytes.length + at : at]! ^= 1;
  return bytes.toString('base64');
};

const aKey = (): KeyObject => createSecretKey(randomBytes(32));

describe('sealed bytes', () => {
  const key = aKey();
  const plain = Buffer.from('a secret');

  it('open with their key and context alone', () => {
    const { iv, sealed } = sealBytes(key, plain, 'here');
    expect(openBytes(key, iv, sealed, 'here')).toEqual(plain);
    expect(() => openBytes(aKey(), iv, sealed, 'here')).toThrow();
    expect(() => openBytes(key, iv, sealed, 'there')).toThrow();
    expect(() => openBytes(key, randomBytes(12), sealed, 'here')).toThrow();
  });

  it('never look the same twice', () => {
    expect(sealBytes(key, plain, 'here').sealed).not.toEqual(sealBytes(key, plain, 'here').sealed);
  });

  it('do not open with a shorter tag, however well it fits', () => {
    const empty = sealBytes(key, Buffer.alloc(0), 'here');
    expect(openBytes(key, empty.iv, empty.sealed, 'here')).toEqual(Buffer.alloc(0));
    expect(() => openBytes(key, empty.iv, empty.sealed.subarray(0, 4), 'here')).toThrow();
  });

  it('do not open with a single bit changed, or cut', () => {
    const { iv, sealed } = sealBytes(key, plain, 'here');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const tampered = Buffer.from(sealed);
      tampered[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => openBytes(key, iv, tampered, 'here')).toThrow();
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => openBytes(key, iv, sealed.subarray(0, length), 'here')).toThrow();
    }
  });
});

describe('a master key', () => {
  const master = new MasterKey(randomBytes(32));

  it('has 32 bytes', () => {
    expect(() => new MasterKey(randomBytes(31))).toThrow(RangeError);
  });

  it('derives the same secret for the same purpose and subject, and another for any other', () => {
    expect(master.derive('api-key', 'one')).toEqual(master.derive('api-key', 'one'));
    const others = [
      master.derive('api-key', 'two'),
      master.derive('other', 'one'),
      new MasterKey(randomBytes(32)).derive('api-key', 'one'),
    ];
    for (const other of others) expect(other).not.toEqual(master.derive('api-key', 'one'));
  });
});

describe('personal data', () => {
  const stopping = new Stopping();
  const master = new MasterKey(randomBytes(32));
  const folder = mkdtempSync(join(tmpdir(), 'recount-spec-ring-'));
  const path = join(folder, 'key-ring');
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  /** As another process, or this one after a while: without keys in memory. */
  const fresh = (key = master, ring = path): SealedPersonalData =>
    new SealedPersonalData(new PersonalKeys(KeyRing.open(ring), key, database.api));
  const sealed = (accountId = ACCOUNT, tenantId = TENANT): Sealed =>
    fresh().seal(tenantId, accountId, 'profile', PERSON);

  it('is read again as it was, by any process of the installation', () => {
    const envelope = sealed();
    expect(fresh().open(TENANT, [envelope])).toEqual([PERSON]);
    expect(JSON.stringify(envelope)).not.toContain('Ada');
    expect(Object.keys(envelope).sort()).toEqual(['ciphertext', 'iv', 'keyId']);
  });

  it('of many comes in the order asked for', () => {
    const data = fresh();
    const envelopes = [3, 1, 2].map((number) => data.seal(TENANT, anId('acc', number), 'profile', { number }));
    expect(fresh().open(TENANT, envelopes)).toEqual([{ number: 3 }, { number: 1 }, { number: 2 }]);
  });

  it.each([
    ['in its text', ({ ciphertext, ...rest }: Sealed) => ({ ...rest, ciphertext: flipped(ciphertext, 0) })],
    ['in its tag', ({ ciphertext, ...rest }: Sealed) => ({ ...rest, ciphertext: flipped(ciphertext, -1) })],
    ['in its initial vector', ({ iv, ...rest }: Sealed) => ({ ...rest, iv: flipped(iv, 3) })],
  ])('that was changed %s does not open', (_, tampered) => {
    expect(() => fresh().open(TENANT, [tampered(sealed())])).toThrow();
  });

  it('does not open with the key of another account, or of another purpose', () => {
    const envelope = sealed();
    const other = sealed(OTHER_ACCOUNT);
    const document = fresh().seal(TENANT, ACCOUNT, 'documents', PERSON);
    expect(() => fresh().open(TENANT, [{ ...envelope, keyId: other.keyId }])).toThrow();
    expect(() => fresh().open(TENANT, [{ ...envelope, keyId: document.keyId }])).toThrow();
  });

  it('does not open for another tenant, in a process that has just used the key or in any other', () => {
    const data = fresh();
    const envelope = data.seal(TENANT, ACCOUNT, 'profile', PERSON);
    expect(() => data.open(OTHER_TENANT, [envelope])).toThrow();
    expect(() => fresh().open(OTHER_TENANT, [envelope])).toThrow();
  });

  it('does not open without the master key, nor without the key ring', () => {
    const envelope = sealed();
    expect(() => fresh(new MasterKey(randomBytes(32))).open(TENANT, [envelope])).toThrow();
    expect(() => fresh(master, join(folder, 'another')).open(TENANT, [envelope])).toThrow();
  });

  it('is gone with its key, for every process, while issued documents stay', async () => {
    const accountId = anId('acc', 5);
    const [here, there] = [fresh(), fresh()];
    const profile = here.seal(TENANT, accountId, 'profile', PERSON);
    const documents = here.forDocuments(TENANT, [{ accountId, personal: profile }], ['name', 'taxId']);
    const { sealed: issued, fields } = documents.get(accountId)!;
    expect(fields).toEqual({ name: 'Ada Lovelace' });
    const everywhere = (): unknown[] => [here, there, fresh()].map((data) => data.open(TENANT, [profile, issued]));
    expect(everywhere()).toEqual(Array(3).fill([PERSON, { name: 'Ada Lovelace' }]));
    await here.erase(TENANT, [here.keyIdOf(accountId, 'profile')]);
    expect(everywhere()).toEqual(Array(3).fill([null, { name: 'Ada Lovelace' }]));
    await there.erase(TENANT, [here.keyIdOf(accountId, 'profile'), here.keyIdOf(accountId, 'documents')]);
    expect(everywhere()).toEqual(Array(3).fill([null, null]));
    expect(fresh().open(TENANT, [sealed(OTHER_ACCOUNT)])).toEqual([PERSON]);
  });

  it('is not sealed any more once it was erased', async () => {
    const accountId = anId('acc', 6);
    const profile = sealed(accountId);
    await fresh().erase(TENANT, [keyIdOf(accountId, 'profile'), keyIdOf(accountId, 'documents')]);
    const later = sealed(accountId);
    const documents = fresh().forDocuments(TENANT, [{ accountId, personal: profile }], ['name']);
    expect(fresh().open(TENANT, [later, documents.get(accountId)!.sealed])).toEqual([{}, {}]);
    expect(documents.get(accountId)!.fields).toEqual({});
  });

  it('is found by a blind index that is the same in one tenant, and tells another nothing', () => {
    const index = fresh().blindIndex(TENANT, 'ada@example.com');
    expect(index).toMatch(/^[0-9a-f]{64}$/u);
    expect(fresh().blindIndex(TENANT, 'ada@example.com')).toBe(index);
    expect(fresh().blindIndex(TENANT, 'bob@example.com')).not.toBe(index);
    expect(fresh().blindIndex(OTHER_TENANT, 'ada@example.com')).not.toBe(index);
  });
});

describe('an answer that is kept', () => {
  const stopping = new Stopping();
  const master = new MasterKey(randomBytes(32));
  const folder = mkdtempSync(join(tmpdir(), 'recount-spec-ring-'));
  const ring = KeyRing.open(join(folder, 'key-ring'));
  const [keyId, other] = [keyIdOf(ACCOUNT, 'profile'), keyIdOf(OTHER_ACCOUNT, 'documents')];
  let keys: PersonalKeys;
  let answers: SealedAnswers;

  beforeAll(async () => {
    const database = await stopping.use(TestDatabase.create());
    keys = new PersonalKeys(ring, master, database.api);
    answers = new SealedAnswers(keys, master);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it('is opened for the same tenant and key, with the keys of all whom it tells of', () => {
    const subject = { tenantId: TENANT, key: 'one', keyIds: [keyId, other] };
    const sealed = answers.seal(subject, 'Grace')!;
    expect(sealed.includes('Grace')).toBe(false);
    expect(answers.open(subject, sealed)).toBe('Grace');
    for (const wrong of [{ key: 'two' }, { tenantId: OTHER_TENANT }, { keyIds: [keyId] }, { keyIds: [] }])
      expect(() => answers.open({ ...subject, ...wrong }, sealed)).toThrow();
    const elsewhere = new SealedAnswers(keys, new MasterKey(randomBytes(32)));
    expect(() => elsewhere.open(subject, sealed)).toThrow();
  });

  it('is gone with the key of any of them, and is not kept from then on', async () => {
    const subject = { tenantId: TENANT, key: 'one', keyIds: [keyId, other] };
    const sealed = answers.seal(subject, 'Grace')!;
    const aboutNobody = answers.seal({ ...subject, keyIds: [] }, 'nothing')!;
    await keys.erase(TENANT, [other]);
    expect(answers.open(subject, sealed)).toBeNull();
    expect(answers.seal(subject, 'Grace')).toBeNull();
    expect(answers.open({ ...subject, keyIds: [] }, aboutNobody)).toBe('nothing');
  });
});
