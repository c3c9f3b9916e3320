import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildService } from '#embedded';
import { createPool, migrationSource } from '#postgres';
import { PASSWORD_VARIABLE } from '../../apps/server/src/embedded/child-protocol.js';
import { MIGRATIONS } from '../../migrations/index.js';
import { databaseUrl, TEMPLATE, TEST_POSTGRES_URL } from './postgres-url.js';

const HOST = fileURLToPath(new URL('../../apps/server/src/embedded/postgres-host.js', import.meta.url));

declare global {
  var stopTestPostgres: (() => Promise<void>) | undefined;
}

/**
 * One PostgreSQL for a run of Jest, started as the server starts it: its supervisor ends when the channel to Jest closes,
 * however Jest ends. Databases are copies of one that is migrated here, once.
 */
export default async function startPostgres(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'recount-postgres-'));
  // PostgreSQL gets a user of its own when root runs this, and has to pass through.
  chmodSync(folder, 0o711);
  const password = randomBytes(12).toString('hex');
  const env = { ...process.env, [PASSWORD_VARIABLE]: password };
  const child = await ChildService.start({ file: HOST, args: [join(folder, 'data')], env });
  globalThis.stopTestPostgres = async () => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  process.env[TEST_POSTGRES_URL] = `postgresql://recount:${password}@127.0.0.1:${child.port}/postgres`;
  try {
    await migrateTemplate();
  } catch (error) {
    await globalThis.stopTestPostgres();
    throw error;
  }
}

const migrateTemplate = async (): Promise<void> => {
  const owner = createPool(databaseUrl('postgres'), { role: 'owner', max: 1 });
  const source = migrationSource(databaseUrl(TEMPLATE), MIGRATIONS);
  try {
    await owner.query(`CREATE DATABASE ${TEMPLATE}`);
    await source.initialize();
    await source.query('CREATE SCHEMA IF NOT EXISTS ops');
    await source.runMigrations();
  } finally {
    if (source.isInitialized) await source.destroy();
    await owner.end();
  }
};
