import { inTransaction, type PoolClient } from '#postgres';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { RowChanges } from './row-changes.js';
import { writeRows } from './set-based-writes.js';
import { physicalTables, tableDdl } from './table-ddl.js';
import { table } from './table.js';

const moments = table({
  name: 'moments',
  columns: { tenant_id: 'text', at: 'timestamptz', names: 'text[]', sizes: 'bigint[]?', told: 'jsonb?' },
  key: ['tenant_id', 'at'],
  months: 'at',
});

describe('a table that is kept apart by months', () => {
  const stopping = new Stopping();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    await database.owner.query(tableDdl('read', moments));
  });
  afterEach(async () => {
    await database.owner.query('DELETE FROM read.moments');
  });

  const write = async (client: PoolClient, ...instants: readonly string[]): Promise<number> => {
    const rows = new RowChanges();
    for (const at of instants)
      rows.append(moments, {
        tenant_id: 'acme',
        at,
        names: ['a', null, 'b "c"'],
        sizes: [1n, -2n],
        told: [{ a: null }],
      });
    return writeRows(client, 'read', rows);
  };
  const partitionOf = async (): Promise<Record<string, string>> => {
    const { rows } = await database.owner.query<{ at: string; part: string }>(
      `SELECT at, tableoid::regclass::text AS part FROM read.moments ORDER BY at`,
    );
    return Object.fromEntries(rows.map(({ at, part }) => [at, part]));
  };

  it('gets a partition for a month when its first row comes, and two for all years far away', async () => {
    const instants = [
      '1066-10-14T09:00:00Z',
      '2019-12-31T23:59:59.999999Z',
      '2020-01-01T00:00:00Z',
      '2020-01-31T23:59:59.999999Z',
      '2049-12-31T00:00:00Z',
      '2050-01-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
    ];
    await inTransaction(database.projector, (client) => write(client, ...instants));
    expect(Object.values(await partitionOf())).toEqual([
      'read.moments_before',
      'read.moments_before',
      'read.moments_2020_01',
      'read.moments_2020_01',
      'read.moments_2049_12',
      'read.moments_after',
      'read.moments_after',
    ]);
    const { rows } = await database.owner.query(`SELECT names, sizes::text, told FROM read.moments LIMIT 1`);
    expect(rows).toEqual([{ names: ['a', null, 'b "c"'], sizes: '{1,-2}', told: [{ a: null }] }]);
  });

  it('says how many rows it had already', async () => {
    const [one, other] = ['2021-05-01T00:00:00Z', '2021-06-01T00:00:00Z'] as const;
    expect(await inTransaction(database.projector, (client) => write(client, one))).toBe(0);
    expect(await inTransaction(database.projector, (client) => write(client, one, other))).toBe(1);
  });

  it('gets it once where two need it at the same time, also after the first of them gave up', async () => {
    const [first, second] = ['2022-03-01T00:00:00Z', '2022-03-02T00:00:00Z'] as const;
    const reached = Promise.withResolvers<void>();
    const giveUp = Promise.withResolvers<never>();
    const given = inTransaction(database.projector, async (client) => {
      await write(client, first);
      reached.resolve();
      return giveUp.promise;
    });
    await reached.promise;
    const waiting = inTransaction(database.projector, (client) => write(client, second));
    giveUp.reject(new Error('It ended.'));
    await expect(given).rejects.toThrow('It ended.');
    await waiting;
    expect(await partitionOf()).toEqual({ [second]: 'read.moments_2022_03' });
    await Promise.all(
      ['2022-04-01T00:00:00Z', '2022-04-02T00:00:00Z', '2022-04-03T00:00:00Z'].map((at) =>
        inTransaction(database.projector, (client) => write(client, at)),
      ),
    );
    expect(Object.keys(await partitionOf())).toHaveLength(4);
  });

  it('is read while a month is added to it', async () => {
    await inTransaction(database.api, async (reader) => {
      await reader.query('SELECT count(*) FROM read.moments');
      await inTransaction(database.projector, (client) => write(client, '2023-01-01T00:00:00Z'));
      await reader.query('SELECT count(*) FROM read.moments');
    });
    expect(await partitionOf()).toEqual({ '2023-01-01T00:00:00Z': 'read.moments_2023_01' });
  });

  it('shows its rows to their tenant alone, by no partition either', async () => {
    await inTransaction(database.projector, (client) => write(client, '2023-02-01T00:00:00Z'));
    expect(await database.tenants.rows('acme' as never, 'SELECT * FROM read.moments')).toHaveLength(1);
    expect(await database.tenants.rows('other' as never, 'SELECT * FROM read.moments')).toEqual([]);
    await expect(database.api.query('SELECT * FROM read.moments_2023_02')).rejects.toThrow('permission denied');
  });

  it('moves with all its months', async () => {
    await inTransaction(database.projector, (client) => write(client, '2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z'));
    const tables = await inTransaction(database.owner, (client) => physicalTables(client, 'read', 'moments'));
    expect(tables[0]).toBe('moments');
    expect(tables).toEqual(
      expect.arrayContaining(['moments_2024_01', 'moments_2024_02', 'moments_before', 'moments_after']),
    );
  });

  it('gets months from who projects alone, and nothing else gets any', async () => {
    const add = 'SELECT ops.add_months($1, $2, $3)';
    await expect(database.api.query(add, ['read', 'moments', ['2030-01']])).rejects.toThrow('permission denied');
    await expect(database.projector.query(add, ['ops', 'projections', ['2030-01']])).rejects.toThrow('no read models');
    await expect(database.projector.query(add, ['read', 'moments', ["2030-01'); DROP"]])).rejects.toThrow(
      'invalid input',
    );
  });
});
