import { unhurried, type PoolClient } from '#postgres';
import type { TableDefinition } from './table.js';

/**
 * A hash over all rows of tables, whatever their order on disk: the sum of the rows' 64-bit hashes, and their number.
 * Good against accidents, which is what it is for; tampering is what seals are for.
 */
export const tablesHash = async (
  client: PoolClient,
  schema: string,
  tables: readonly TableDefinition[],
): Promise<string> => {
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ hash: string }>(
      unhurried(
        `SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS hash FROM ${schema}.${name} AS t`,
      ),
    );
    parts.push(`${name}=${rows[0]!.hash}`);
  }
  const { rows } = await client.query<{ hash: string }>('SELECT md5($1) AS hash', [parts.join(';')]);
  return rows[0]!.hash;
};
