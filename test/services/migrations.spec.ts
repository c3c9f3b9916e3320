import { migrationSource } from '#postgres';
import { TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../migrations/index.js';
import { Stopping } from './stopping.js';
import { TestDatabase } from './test-database.js';

const EMPTY = 'template1';

describe('a database of before', () => {
  const stopping = new Stopping();

  /** One that has all migrations before the one that is named. */
  const before = async (name: string): Promise<TestDatabase> => {
    const database = await stopping.use(TestDatabase.create(EMPTY));
    await database.owner.query('CREATE SCHEMA ops');
    const known = MIGRATIONS.findIndex((migration) => migration.name.startsWith(name));
    await migrate(database, MIGRATIONS.slice(0, known));
    return database;
  };

  it('loses saved answers that nothing opens any more', async () => {
    const database = await before('SaltedAnswers');
    await database.owner.query(
      `INSERT INTO ops.idempotency (tenant_id, key, request_hash, status, headers, body)
       VALUES ($1, 'key', 'hash', 201, '{}', $2)`,
      [TENANT, Buffer.of(1)],
    );
    await migrate(database, MIGRATIONS);
    const { rows } = await database.owner.query('SELECT key FROM ops.idempotency');
    expect(rows).toEqual([]);
  });
});

const migrate = async ({ url }: TestDatabase, migrations: typeof MIGRATIONS | (typeof MIGRATIONS)[number][]) => {
  const source = migrationSource(url, migrations);
  await source.initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
};
