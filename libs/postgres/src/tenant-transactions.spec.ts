import { anId, TENANT } from '#testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { createPool, inTransaction } from './pool.js';
import { TenantTransactions } from './tenant-transactions.js';

const OTHER = anId('tnt', 2);
const INSERT = `INSERT INTO ops.idempotency (tenant_id, key, request_hash, status, headers, body)
  VALUES ($1, $2, 'hash', 201, '{}', '')`;
const KEYS = 'SELECT tenant_id, key FROM ops.idempotency ORDER BY key';

describe('a transaction of a tenant', () => {
  const stopping = new Stopping();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    for (const [tenant, key] of [
      [TENANT, 'mine'],
      [OTHER, 'theirs'],
    ]) {
      await database.owner.query(INSERT, [tenant, key]);
    }
  });

  it('sees its own rows alone, whatever it asks for', async () => {
    expect(await database.tenants.rows(TENANT, KEYS)).toEqual([{ tenant_id: TENANT, key: 'mine' }]);
    expect(await database.tenants.rows(OTHER, KEYS)).toEqual([{ tenant_id: OTHER, key: 'theirs' }]);
    const asked = await database.tenants.rows(TENANT, 'SELECT * FROM ops.idempotency WHERE tenant_id = $1', [OTHER]);
    expect(asked).toEqual([]);
    expect(await database.tenants.rows(anId('tnt', 3), KEYS)).toEqual([]);
  });

  it('sees nothing without a tenant, on connections that others had before', async () => {
    await Promise.all(Array.from({ length: 20 }, () => database.tenants.rows(TENANT, KEYS)));
    const found = await Promise.all(Array.from({ length: 20 }, () => database.api.query(KEYS)));
    for (const { rows } of found) expect(rows).toEqual([]);
    const { rows } = await database.api.query<{ tenant: string | null }>(
      `SELECT current_setting('app.tenant', true) AS tenant`,
    );
    expect(rows[0]!.tenant ?? '').toBe('');
  });

  it('does not mix with others that run at the same moment on the same connections', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const tenant = index % 2 === 0 ? TENANT : OTHER;
        const rows = await database.tenants.rows<{ tenant_id: string }>(tenant, KEYS);
        return rows.every(({ tenant_id: seen }) => seen === tenant) && rows.length === 1;
      }),
    );
    expect(answers.every(Boolean)).toBe(true);
  });

  it('is durable where it has to be, on connections whose commits are not', async () => {
    const pool = createPool(database.url, { role: 'api', max: 1, asynchronousCommit: true });
    await stopping.use({ stop: () => pool.end() });
    const transactions = new TenantTransactions(pool);
    const text = INSERT.replace("'hash'", "current_setting('synchronous_commit')");
    await transactions.write(TENANT, { text, values: [TENANT, 'fast'] });
    await transactions.writeDurably(TENANT, { text, values: [TENANT, 'durable'] });
    await transactions.write(TENANT, { text, values: [TENANT, 'fast again'] });
    const { rows } = await database.owner.query<{ key: string; setting: string }>(
      `SELECT key, request_hash AS setting FROM ops.idempotency WHERE key LIKE '%fast%' OR key = 'durable' ORDER BY key`,
    );
    expect(rows.map(({ key, setting }) => `${key} ${setting}`)).toEqual(['durable on', 'fast off', 'fast again off']);
    await database.owner.query(`DELETE FROM ops.idempotency WHERE request_hash <> 'hash'`);
  });

  it('writes its own rows alone', async () => {
    await expect(database.tenants.write(TENANT, { text: INSERT, values: [OTHER, 'forged'] })).rejects.toThrow(
      'row-level security',
    );
    const stolen = { text: `UPDATE ops.idempotency SET tenant_id = $1`, values: [OTHER] };
    await expect(database.tenants.write(TENANT, stolen)).rejects.toThrow('row-level security');
    const deleted = await database.tenants.write(TENANT, { text: `DELETE FROM ops.idempotency WHERE key = 'theirs'` });
    expect(deleted.rowCount).toBe(0);
  });

  it('that only reads writes nothing', async () => {
    await expect(database.tenants.rows(TENANT, INSERT, [TENANT, 'read'])).rejects.toThrow('read-only transaction');
  });

  it('that fails is rolled back whole, and its connection works for the next', async () => {
    const one = new TenantTransactions(await stopping.use(poolOfOne()));
    await one.write(TENANT, { text: INSERT, values: [TENANT, 'kept'] });
    await expect(one.write(TENANT, { text: INSERT, values: [TENANT, 'kept'] })).rejects.toThrow('duplicate key');
    await expect(one.rows(TENANT, 'SELECT nothing')).rejects.toThrow('nothing');
    expect(await one.rows(OTHER, KEYS)).toEqual([{ tenant_id: OTHER, key: 'theirs' }]);
    expect(await database.api.query(KEYS)).toMatchObject({ rows: [] });
  });

  it('reads several things of one moment', async () => {
    const [before, , after] = await database.tenants.snapshot<[{ count: bigint }, object, { count: bigint }]>(TENANT, [
      { text: 'SELECT count(*) FROM ops.idempotency' },
      { text: 'SELECT pg_sleep(0.05)' },
      { text: 'SELECT count(*) FROM ops.idempotency' },
    ]);
    expect(after).toEqual(before);
  });

  it.each([
    ['CREATE TABLE read.mine ()', 'permission denied for schema'],
    ['DROP TABLE ops.idempotency', 'must be owner'],
    ['UPDATE ops.installation SET first_key_shown = true', 'permission denied'],
    ['SELECT * FROM ops.effects', 'permission denied'],
    ['UPDATE ops.timer_claims SET skipped = true', 'permission denied'],
    ['UPDATE ops.projections SET position = 0', 'permission denied'],
  ])('has no right to %s', async (text, refusal) => {
    await expect(database.tenants.write(TENANT, { text })).rejects.toThrow(refusal);
  });

  const poolOfOne = () => {
    const pool = createPool(database.url, { role: 'api', max: 1 });
    return Object.assign(pool, { stop: () => pool.end() });
  };

  describe('as its connection is lost', () => {
    it('fails, and the next one works', async () => {
      const pool = await stopping.use(poolOfOne());
      const killed = inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        await database.owner.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
        return client.query('SELECT 1');
      });
      await expect(killed).rejects.toThrow();
      await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    });

    it('is replaced while it was idle', async () => {
      const pool = await stopping.use(poolOfOne());
      const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const gone = new Promise((resolve) => pool.once('error', resolve));
      await database.owner.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
      await gone;
      await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    });
  });
});

describe('values of columns', () => {
  const stopping = new Stopping();

  it('are what the code calls them: bigints, canonical instants to the microsecond, dates and decimals as texts', async () => {
    const { owner } = await stopping.use(TestDatabase.create());
    const { rows } = await owner.query(
      `SELECT 9007199254740993::int8 AS big, '2026-02-28'::date AS day, 0.10::numeric AS amount, '{"a": 1}'::jsonb AS json,
              '2026-01-01T00:00:00.123456+01:00'::timestamptz AS fine, '2026-01-01T00:00:00Z'::timestamptz AS even`,
    );
    expect(rows).toEqual([
      {
        big: 9007199254740993n,
        day: '2026-02-28',
        amount: '0.10',
        json: { a: 1 },
        fine: '2025-12-31T23:00:00.123456Z',
        even: '2026-01-01T00:00:00Z',
      },
    ]);
  });
});
