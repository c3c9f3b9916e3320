import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tenantOfStream } from '#contracts';
import type { AccountId } from '#kernel';
import { KeyRing, keyIdOf, MasterKey, PersonalKeys } from '#personal-data';
import { createPool } from '#postgres';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { billedAccount, usd, withCatalog } from '../e2e/samples.js';
import { Stopping } from '../services/stopping.js';
import { TestClient, type Any } from '../services/test-client.js';
import { eventually } from '../services/eventually.js';
import { Product, TemporaryFolder } from './product.js';

const marked = (what: string): string => `${what}ü${randomBytes(6).toString('hex')}`;

const PERSON = {
  externalId: marked('Extern'),
  name: marked('Name'),
  email: `${marked('mail').replace('ü', '')}@mark.example`,
  taxId: marked('Tax'),
  billingAddress: { line1: marked('Street'), city: marked('City'), postalCode: marked('Code') },
};
const LATER = { name: marked('Later'), billingAddress: { line1: marked('Elsewhere') } };
const OF_SUBSCRIPTION = marked('Second');
const MARKS = [PERSON, LATER].flatMap((fields) =>
  Object.values(fields).flatMap((field) => (typeof field === 'string' ? [field] : Object.values(field))),
);
const NOT_PERSONAL = marked('visible');

/** As anything may have written it down; of base64, what is the same wherever it begins. */
const formsOf = (bytes: Buffer): Buffer[] => [
  bytes,
  ...[0, 1, 2].map((shift) => {
    const whole = Math.floor((bytes.length - shift) / 3) * 3;
    return Buffer.from(bytes.subarray(shift, shift + whole).toString('base64'));
  }),
  Buffer.from(bytes.toString('base64url')),
  Buffer.from(bytes.toString('hex')),
  Buffer.from(bytes.toString('hex').toUpperCase()),
];

const escaped = (text: string): string =>
  text.replaceAll(/[^\x20-\x7e]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const textForms = (text: string): Buffer[] => [
  ...formsOf(Buffer.from(text)),
  Buffer.from(escaped(text)),
  Buffer.from(encodeURIComponent(text)),
  Buffer.from(text, 'utf16le'),
  Buffer.from(text, 'utf16le').swap16(),
];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

describe('the bytes of an installation', () => {
  const stopping = new Stopping();
  const pool = createPool('postgresql://localhost:1', { role: 'api', max: 1 });
  let folder: TemporaryFolder;
  let data: string;
  let output = '';
  let account: Any;
  let before: Any;
  let after: Any;
  /** What opened the personal data before it was erased: data keys, and what of the key ring they came from. */
  let keys: Buffer[];
  let root: Buffer;
  let searched = 0;

  const files = (): { readonly path: string; readonly bytes: Buffer }[] => [
    ...filesIn(data).map((path) => ({ path, bytes: readFileSync(path) })),
    { path: 'output', bytes: Buffer.from(output) },
  ];

  /** The files that hold any of these, in the order asked for. */
  const holding = (all: ReturnType<typeof files>, forms: readonly Buffer[]): string[] =>
    all
      .filter(({ bytes }) => forms.some((form) => bytes.includes(form)))
      .map(({ path }) => path.slice(data.length + 1));

  const start = async (): Promise<{ readonly product: Product; readonly client: TestClient }> => {
    const product = await stopping.use(Product.start({ RECOUNT_DATA_DIR: data, LOG_LEVEL: 'debug' }));
    return { product, client: new TestClient(product.url, product.key ?? '') };
  };

  const sums = async (client: TestClient): Promise<Any> => ({
    trialBalance: await client.done('GET', 'reports/trial-balance'),
    invoices: (await client.done('GET', 'invoices')).data,
  });

  const dataKeys = (tenantId: Any): (Buffer | undefined)[] => {
    const ring = KeyRing.open(join(data, 'key-ring'));
    const master = new MasterKey(Buffer.from(readFileSync(join(data, 'master-key'), 'utf8'), 'base64'));
    const found = new PersonalKeys(ring, master, pool).find(tenantId, keyIdOf(account.id as AccountId, 'profile'));
    ring.close();
    return [found?.export()];
  };

  beforeAll(async () => {
    folder = await stopping.use(new TemporaryFolder());
    data = folder.join('data');
    const { product, client } = await start();
    const consistent = async (): Promise<void> => {
      await eventually(
        () => client.done('GET', 'projections'),
        (all: Any[]) => all.every(({ lag }) => Number(lag) === 0),
        'read models that know everything',
      );
    };
    const patient = new TestClient(client.url, client.key, consistent);
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    await withCatalog(patient);
    const billed = await billedAccount(patient, { ...PERSON, metadata: { shown: NOT_PERSONAL } });
    ({ account } = billed);
    await patient.create('subscriptions', { accountId: account.id, plan: 'pro', externalId: OF_SUBSCRIPTION });
    await patient.create(`invoices/${billed.invoice.id}/payments`, { amount: usd('5.00') });
    await patient.done('PATCH', `accounts/${account.id}`, LATER, { 'idempotency-key': 'a change' });
    expect(await patient.read(`accounts/${account.id}`)).toMatchObject({ ...PERSON, ...LATER });
    expect((await patient.post(`accounts/${account.id}/close`, {}, { 'idempotency-key': 'refused' })).status).toBe(422);
    const [entry] = (await patient.read(`audit/log?account=${account.id}`)).data;
    const tenantId = tenantOfStream(entry.stream);
    keys = dataKeys(tenantId) as Buffer[];
    root = readFileSync(join(data, 'key-ring')).subarray(-39, -7);
    expect(holding(files(), [root])).toEqual(['key-ring']);
    before = await sums(patient);
    await patient.create(`accounts/${account.id}/erase`, { reason: 'asked for' });
    expect(dataKeys(tenantId)).toEqual([undefined]);
    await product.stop();
    output = product.output;

    const again = await start();
    const returned = new TestClient(again.product.url, client.key, () => Promise.resolve());
    after = { ...(await sums(returned)), account: await returned.done('GET', `accounts/${account.id}`) };
    const { id } = await returned.create('audit/verifications');
    after.verification = await eventually(
      () => returned.done('GET', `audit/verifications/${id}`),
      ({ status }: Any) => status !== 'running',
      'the end of a verification',
    );
    await again.product.stop();
    output += again.product.output;
  });

  it('tell what is not personal, in the log and in Postgres: the search finds what is there', () => {
    const found = holding(files(), textForms(NOT_PERSONAL));
    for (const part of ['eventstore/', 'postgres/base/', 'postgres/pg_wal/']) {
      expect(found.filter((path) => path.startsWith(part))).not.toEqual([]);
    }
  });

  it('tell nothing of an erased person, in whatever form', () => {
    const all = files();
    searched = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const mark of [...MARKS, OF_SUBSCRIPTION]) expect([mark, holding(all, textForms(mark))]).toEqual([mark, []]);
  });

  it('hold neither a key of an erased person nor anything that one follows from', () => {
    const all = files();
    for (const key of [...keys, root]) {
      for (let at = 0; at < key.length; at += 16) {
        expect(holding(all, formsOf(key.subarray(at, at + 16)))).toEqual([]);
      }
    }
  });

  it('still make the same books after a new start, and nobody of the person', () => {
    const { account: told, verification, ...sums } = after;
    expect(sums).toEqual(before);
    expect(verification).toMatchObject({ status: 'completed', differences: [] });
    expect(told).toMatchObject({ name: null, email: null, taxId: null, billingAddress: null, externalId: null });
    console.log(`Erasure: ${Math.round(searched / 1e6)} MB in ${files().length} files searched, nothing found.`);
  });
});
