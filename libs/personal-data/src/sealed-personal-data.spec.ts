import { randomBytes } from 'node:crypto';
import { ACCOUNT, anId, TENANT } from '#testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { MasterKey, openBytes, sealBytes } from './master-key.js';
import { keyIdOf, PersonalKeys } from './personal-keys.js';
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

describe('sealed bytes', () => {
  const key = randomBytes(32);
  const plain = Buffer.from('a secret');

  it('open with their key and context alone', () => {
    const { iv, sealed } = sealBytes(key, plain, 'here');
    expect(openBytes(key, iv, sealed, 'here')).toEqual(plain);
    expect(() => openBytes(randomBytes(32), iv, sealed, 'here')).toThrow();
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

  it('unwraps what it wrapped, under the same name', () => {
    const dataKey = randomBytes(32);
    const wrapped = master.wrap(dataKey, 'a');
    expect(master.unwrap(wrapped, 'a')).toEqual(dataKey);
    expect(wrapped.includes(dataKey)).toBe(false);
    expect(() => master.unwrap(wrapped, 'b')).toThrow();
    expect(() => new MasterKey(randomBytes(32)).unwrap(wrapped, 'a')).toThrow();
  });
});

describe('a text that is sealed for a subject', () => {
  const master = new MasterKey(randomBytes(32));

  it('is opened for that purpose and subject alone', () => {
    const sealed = master.sealText('answer', 'one', 'Grace');
    expect(sealed.includes('Grace')).toBe(false);
    expect(master.openText('answer', 'one', sealed)).toBe('Grace');
    expect(() => master.openText('answer', 'two', sealed)).toThrow();
    expect(() => master.openText('other', 'one', sealed)).toThrow();
    expect(() => new MasterKey(randomBytes(32)).openText('answer', 'one', sealed)).toThrow();
  });
});

describe('personal data', () => {
  const stopping = new Stopping();
  const master = new MasterKey(randomBytes(32));
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
  });

  /** As another process, or this one after a while: without keys in memory. */
  const fresh = (key = master): SealedPersonalData => new SealedPersonalData(new PersonalKeys(database.tenants, key));
  const sealed = (accountId = ACCOUNT, tenantId = TENANT): Promise<Sealed> =>
    fresh().seal(tenantId, accountId, 'profile', PERSON);

  it('is read again as it was, by any process of the installation', async () => {
    const envelope = await sealed();
    expect(await fresh().open(TENANT, [envelope])).toEqual([PERSON]);
    expect(JSON.stringify(envelope)).not.toContain('Ada');
    expect(Object.keys(envelope).sort()).toEqual(['ciphertext', 'iv', 'keyId']);
  });

  it('of many comes in the order asked for', async () => {
    const data = fresh();
    const envelopes = await Promise.all(
      [3, 1, 2].map((number) => data.seal(TENANT, anId('acc', number), 'profile', { number })),
    );
    expect(await fresh().open(TENANT, envelopes)).toEqual([{ number: 3 }, { number: 1 }, { number: 2 }]);
  });

  it('has one key, however many ask for it first', async () => {
    const accountId = anId('acc', 77);
    const envelopes = await Promise.all(
      Array.from({ length: 8 }, (_, number) => fresh().seal(TENANT, accountId, 'profile', { number })),
    );
    expect(new Set(envelopes.map(({ keyId }) => keyId)).size).toBe(1);
    expect(await fresh().open(TENANT, envelopes)).toEqual(envelopes.map((_, number) => ({ number })));
  });

  it.each([
    ['in its text', ({ ciphertext, ...rest }: Sealed) => ({ ...rest, ciphertext: flipped(ciphertext, 0) })],
    ['in its tag', ({ ciphertext, ...rest }: Sealed) => ({ ...rest, ciphertext: flipped(ciphertext, -1) })],
    ['in its initial vector', ({ iv, ...rest }: Sealed) => ({ ...rest, iv: flipped(iv, 3) })],
  ])('that was changed %s does not open', async (_, tampered) => {
    await expect(fresh().open(TENANT, [tampered(await sealed())])).rejects.toThrow();
  });

  it('does not open with the key of another account, or of another purpose', async () => {
    const envelope = await sealed();
    const other = await sealed(OTHER_ACCOUNT);
    const document = await fresh().seal(TENANT, ACCOUNT, 'documents', PERSON);
    await expect(fresh().open(TENANT, [{ ...envelope, keyId: other.keyId }])).rejects.toThrow();
    await expect(fresh().open(TENANT, [{ ...envelope, keyId: document.keyId }])).rejects.toThrow();
  });

  it('is nothing to another tenant, whose process never saw the key', async () => {
    const envelope = await sealed();
    expect(await fresh().open(OTHER_TENANT, [envelope])).toEqual([null]);
  });

  it('is nothing to another tenant, whose process has just used the key', async () => {
    const data = fresh();
    const envelope = await data.seal(TENANT, ACCOUNT, 'profile', PERSON);
    expect(await data.open(OTHER_TENANT, [envelope])).toEqual([null]);
  });

  it('does not open with another master key', async () => {
    await expect(fresh(new MasterKey(randomBytes(32))).open(TENANT, [await sealed()])).rejects.toThrow();
  });

  it('is gone with its key, while issued documents stay', async () => {
    const accountId = anId('acc', 5);
    const profile = await fresh().seal(TENANT, accountId, 'profile', PERSON);
    const documents = await fresh().forDocuments(TENANT, [{ accountId, personal: profile }], ['name', 'taxId']);
    await database.owner.query('DELETE FROM ops.personal_keys WHERE key_id = $1', [
      keyIdOf(TENANT, accountId, 'profile'),
    ]);
    expect(await fresh().open(TENANT, [profile, documents.get(accountId)!])).toEqual([null, { name: 'Ada Lovelace' }]);
    const later = await fresh().forDocuments(TENANT, [{ accountId, personal: profile }], ['name']);
    expect(await fresh().open(TENANT, [later.get(accountId)!])).toEqual([{}]);
  });

  it('is found by a blind index that is the same in one tenant, and tells another nothing', async () => {
    const index = await fresh().blindIndex(TENANT, 'ada@example.com');
    expect(index).toMatch(/^[0-9a-f]{64}$/u);
    expect(await fresh().blindIndex(TENANT, 'ada@example.com')).toBe(index);
    expect(await fresh().blindIndex(TENANT, 'bob@example.com')).not.toBe(index);
    expect(await fresh().blindIndex(OTHER_TENANT, 'ada@example.com')).not.toBe(index);
  });

  it('keeps its keys wrapped', async () => {
    await sealed();
    const { rows } = await database.owner.query<{ wrapped_key: Buffer }>('SELECT wrapped_key FROM ops.personal_keys');
    for (const { wrapped_key: wrapped } of rows) expect(wrapped).toHaveLength(12 + 32 + 16);
  });
});
