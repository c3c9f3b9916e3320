import type { Pool } from '#postgres';
import { inTransaction } from '#postgres';
import type { Projection } from './projection.js';
import { tableDdl } from './table-ddl.js';

/** The schema that queries read. */
export const SERVED_SCHEMA = 'read';

/** Makes the tables of a projection that this database has not seen yet. Answers whether an older version is served. */
export const install = async (owner: Pool, { name, version, tables }: Projection): Promise<'current' | 'outdated'> =>
  inTransaction(owner, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`install:${name}`]);
    const { rows } = await client.query<{ version: number }>('SELECT version FROM ops.projections WHERE name = $1', [
      name,
    ]);
    const [installed] = rows;
    if (installed) return installed.version === version ? 'current' : 'outdated';
    for (const table of tables) await client.query(tableDdl(SERVED_SCHEMA, table));
    await client.query(`INSERT INTO ops.projections (name, version, position, status) VALUES ($1, $2, 0, 'running')`, [
      name,
      version,
    ]);
    return 'current';
  });
