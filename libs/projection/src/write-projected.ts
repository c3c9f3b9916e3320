import type { Stored } from '#contracts';
import type { PoolClient } from '#postgres';
import type { Projection } from './projection.js';
import { RowChanges } from './row-changes.js';
import { writeRows } from './set-based-writes.js';

/** Writes what a projection makes of events, and has it look again where rows were there already. */
export const writeProjected = async (
  client: PoolClient,
  schema: string,
  {
    projection,
    events,
    rows,
  }: { readonly projection: Projection; readonly events: readonly Stored[]; readonly rows: RowChanges },
): Promise<void> => {
  if (rows.isEmpty) return;
  const repeated = await writeRows(client, schema, rows);
  if (repeated === 0 || projection.onRepeated === undefined) return;
  const changes = new RowChanges();
  await projection.onRepeated(client, schema, events, changes);
  await writeRows(client, schema, changes);
};
