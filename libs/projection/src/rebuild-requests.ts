import type { Pool } from '#postgres';

export interface RebuildRequest {
  readonly rebuild_id: bigint;
  readonly name: string;
  readonly compare: boolean;
}

/** Asks for a rebuild; one that is on its way already is enough. */
export const requestRebuild = async (pool: Pool, name: string, compare: boolean): Promise<void> => {
  await pool.query(
    `INSERT INTO ops.rebuilds (name, compare, status) VALUES ($1, $2, 'requested')
     ON CONFLICT (name) WHERE status IN ('requested', 'running') DO NOTHING`,
    [name, compare],
  );
};

/** What waits to be rebuilt, and what another process left half done. */
export const openRebuilds = async (pool: Pool): Promise<RebuildRequest[]> => {
  const { rows } = await pool.query<RebuildRequest>(
    `SELECT rebuild_id, name, compare FROM ops.rebuilds WHERE status IN ('requested', 'running') ORDER BY rebuild_id`,
  );
  return rows;
};
