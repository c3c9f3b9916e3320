import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyRing, keyIdOf, MasterKey, PersonalKeys, SealedAnswers } from '#personal-data';
import { TenantTransactions } from '#postgres';
import { anId, TENANT } from '#testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { eventually } from '../../../../test/services/eventually.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import { IdempotencyStore } from './idempotency.store.js';

const ANSWER = { status: 201, headers: { etag: '"0"' }, body: '{"id":"one"}' };
const HASH = 'a'.repeat(64);
const OTHER_HASH = 'b'.repeat(64);

const AWAY = Object.assign(new Error('The database is away.'), { code: 'ECONNREFUSED' });

/** Statements that wrote, and how many more are refused, as by a database that is away. */
const watched = (transactions: TenantTransactions): { refusals: number; written: number; failure: Error } => {
  const seen = { refusals: 0, written: 0, failure: AWAY };
  const write = transactions.write.bind(transactions);
  transactions.write = (tenantId, statement) => {
    if (seen.refusals === 0) {
      seen.written += 1;
      return write(tenantId, statement);
    }
    seen.refusals -= 1;
    return Promise.reject(seen.failure);
  };
  return seen;
};

describe('answers by idempotency key', () => {
  const stopping = new Stopping();
  const folder = mkdtempSync(join(tmpdir(), 'recount-answers-'));
  let database: TestDatabase;
  let keys: PersonalKeys;
  let transactions: TenantTransactions;
  let writes: ReturnType<typeof watched>;
  let answers: SealedAnswers;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    const master = new MasterKey(randomBytes(32));
    const ring = KeyRing.open(join(folder, 'key-ring'));
    keys = new PersonalKeys(ring, master, database.api);
    answers = new SealedAnswers(keys, master);
    transactions = new TenantTransactions(database.api);
    writes = watched(transactions);
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  const logged: string[] = [];
  const logger = { error: (_: object, text: string) => logged.push(text) };

  /** Of a process. */
  const aStore = (): IdempotencyStore =>
    new IdempotencyStore(transactions, answers, { logger } as unknown as PinoLogger);
  const saved = (key: string) =>
    eventually(
      () => database.owner.query('SELECT FROM ops.idempotency WHERE key = $1', [key]),
      ({ rowCount }) => rowCount === 1,
    );

  it('lets one of a thousand requests be carried out, and gives its answer to the others, saved or not', async () => {
    const [store, key] = [aStore(), randomUUID()];
    const claims = await Promise.all(Array.from({ length: 1_000 }, () => store.claim(TENANT, key, HASH)));
    expect(claims.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    expect(claims.filter(({ outcome }) => outcome === 'in_progress')).toHaveLength(999);
    store.save(TENANT, key, ANSWER, []);
    expect(await store.claim(TENANT, key, HASH)).toEqual({ outcome: 'answered', answer: ANSWER });
    await saved(key);
    expect(await store.claim(TENANT, key, HASH)).toEqual({ outcome: 'answered', answer: ANSWER });
    expect(await aStore().claim(TENANT, key, HASH)).toEqual({ outcome: 'answered', answer: ANSWER });
  });

  it('refuses another request under the key, whatever has become of the first', async () => {
    const [store, key] = [aStore(), randomUUID()];
    const first = store.claim(TENANT, key, HASH);
    const outcomes = [(await store.claim(TENANT, key, OTHER_HASH)).outcome];
    await first;
    outcomes.push((await store.claim(TENANT, key, OTHER_HASH)).outcome);
    store.save(TENANT, key, ANSWER, []);
    outcomes.push((await store.claim(TENANT, key, OTHER_HASH)).outcome);
    await saved(key);
    outcomes.push((await store.claim(TENANT, key, OTHER_HASH)).outcome);
    outcomes.push((await aStore().claim(TENANT, key, OTHER_HASH)).outcome);
    expect(outcomes).toEqual(Array.from({ length: 5 }, () => 'reused'));
  });

  it('is not misled by another request that is looked up at the same moment', async () => {
    const [store, key] = [aStore(), randomUUID()];
    await store.claim(TENANT, key, HASH);
    store.save(TENANT, key, ANSWER, []);
    await saved(key);
    const other = aStore();
    const claims = await Promise.all([other.claim(TENANT, key, OTHER_HASH), other.claim(TENANT, key, HASH)]);
    expect(claims).toEqual([{ outcome: 'reused' }, { outcome: 'answered', answer: ANSWER }]);
  });

  it('gives up, and says so, what the database will never take', async () => {
    const [store, key] = [aStore(), randomUUID()];
    await store.claim(TENANT, key, HASH);
    writes.failure = Object.assign(new Error('There is no such column.'), { code: '42703' });
    writes.refusals = 1;
    store.save(TENANT, key, ANSWER, []);
    await eventually(
      () => store.claim(TENANT, key, HASH),
      ({ outcome }) => outcome === 'claimed',
    );
    writes.failure = AWAY;
    expect(logged).toEqual(['Answers could not be saved: a request that comes again is answered from the log.']);
    store.release(TENANT, key);
  });

  it('frees the key where the request failed on our side', async () => {
    const [store, key] = [aStore(), randomUUID()];
    expect(await store.claim(TENANT, key, HASH)).toEqual({ outcome: 'claimed' });
    store.release(TENANT, key);
    expect(await store.claim(TENANT, key, OTHER_HASH)).toEqual({ outcome: 'claimed' });
  });

  it('saves what many requests got in few statements', async () => {
    const [store, all] = [aStore(), Array.from({ length: 600 }, () => randomUUID())];
    await Promise.all(all.map((key) => store.claim(TENANT, key, HASH)));
    const before = writes.written;
    for (const key of all) store.save(TENANT, key, { ...ANSWER, body: key }, []);
    await saved(all.at(-1)!);
    expect(writes.written - before).toBe(2);
    const found = await Promise.all(all.map((key) => aStore().claim(TENANT, key, HASH)));
    expect(found).toEqual(all.map((body) => ({ outcome: 'answered', answer: { ...ANSWER, body } })));
  });

  it('saves large answers a few at a time', async () => {
    const [store, all] = [aStore(), Array.from({ length: 10 }, () => randomUUID())];
    await Promise.all(all.map((key) => store.claim(TENANT, key, HASH)));
    const before = writes.written;
    for (const key of all) store.save(TENANT, key, { ...ANSWER, body: key.padEnd(1024 * 1024) }, []);
    await saved(all.at(-1)!);
    expect(writes.written - before).toBe(3);
  });

  it('keeps answers while the database is away, and saves them when it is back', async () => {
    const [store, key] = [aStore(), randomUUID()];
    await store.claim(TENANT, key, HASH);
    writes.refusals = 2;
    store.save(TENANT, key, ANSWER, []);
    await eventually(
      () => Promise.resolve(writes.refusals),
      (left) => left === 0,
    );
    expect(await store.claim(TENANT, key, HASH)).toEqual({ outcome: 'answered', answer: ANSWER });
    await saved(key);
  });

  it('saves what is left when the process ends, and does not wait for a database that is away', async () => {
    const [store, key, lost] = [aStore(), randomUUID(), randomUUID()];
    await store.claim(TENANT, key, HASH);
    store.save(TENANT, key, ANSWER, []);
    await store.beforeApplicationShutdown();
    expect(await aStore().claim(TENANT, key, HASH)).toEqual({ outcome: 'answered', answer: ANSWER });
    const other = aStore();
    await other.claim(TENANT, lost, HASH);
    writes.refusals = 1;
    other.save(TENANT, lost, ANSWER, []);
    await other.beforeApplicationShutdown();
    expect(await aStore().claim(TENANT, lost, HASH)).toEqual({ outcome: 'claimed' });
  });

  it('keeps the answer that was there first, where two processes had the same key', async () => {
    const [one, other, key] = [aStore(), aStore(), randomUUID()];
    await Promise.all([one.claim(TENANT, key, HASH), other.claim(TENANT, key, HASH)]);
    one.save(TENANT, key, ANSWER, []);
    await saved(key);
    other.save(TENANT, key, { ...ANSWER, body: 'another' }, []);
    await other.beforeApplicationShutdown();
    expect(await aStore().claim(TENANT, key, HASH)).toEqual({ outcome: 'answered', answer: ANSWER });
  });

  it('forgets what it told of an erased person, saved or not', async () => {
    const [store, key, waiting] = [aStore(), randomUUID(), randomUUID()];
    const keyId = keyIdOf(anId('acc', 7), 'profile');
    expect(keys.find(TENANT, keyId)).toBeDefined();
    for (const one of [key, waiting]) await store.claim(TENANT, one, HASH);
    store.save(TENANT, key, ANSWER, [keyId]);
    await saved(key);
    writes.refusals = 1_000;
    store.save(TENANT, waiting, ANSWER, [keyId]);
    await keys.erase(TENANT, [keyId]);
    expect(await store.claim(TENANT, waiting, HASH)).toEqual({ outcome: 'in_progress' });
    writes.refusals = 0;
    expect(await aStore().claim(TENANT, key, HASH)).toEqual({ outcome: 'claimed' });
  });
});
