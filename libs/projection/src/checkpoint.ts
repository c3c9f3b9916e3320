import type { LoggedEvent } from '#kernel';
import type { Pool, PoolClient } from '#postgres';

/** How far a projection has considered the log, and the last event that it saw on the way. */
export interface Checkpoint {
  readonly position: bigint;
  readonly event: Pick<LoggedEvent, 'id' | 'stream' | 'revision'> | null;
}

export const START: Checkpoint = { position: 0n, event: null };

export interface CheckpointRow {
  readonly name: string;
  readonly status: 'running' | 'paused' | 'failed';
  readonly position: bigint;
  readonly owner_epoch: bigint;
  readonly event_id: string | null;
  readonly event_stream: string | null;
  readonly event_revision: bigint | null;
}

export const checkpointRows = async (pool: Pool, names: readonly string[]): Promise<CheckpointRow[]> => {
  const { rows } = await pool.query<CheckpointRow>(
    `SELECT name, status, position, owner_epoch, event_id, event_stream, event_revision
       FROM ops.projections WHERE name = ANY($1)`,
    [names],
  );
  return rows;
};

export const checkpointOf = ({
  position,
  event_id: id,
  event_stream: stream,
  event_revision: revision,
}: CheckpointRow): Checkpoint => ({
  position,
  event: id === null ? null : { id, stream: stream!, revision: Number(revision) },
});

/** Somebody else moved the checkpoint: this process does not own the projection any more, or it was rebuilt under it. */
export class CheckpointMoved extends Error {
  constructor(name: string) {
    super(`The checkpoint of ${name} was moved by somebody else.`);
    this.name = 'CheckpointMoved';
  }
}

/** Compare-and-set on position and owner, in the transaction of the rows: a zombie's batch is rolled back whole. @throws CheckpointMoved */
export const moveCheckpoints = async (
  client: PoolClient,
  moves: readonly {
    readonly projector: { readonly projection: { readonly name: string }; readonly epoch: bigint };
    readonly from: Checkpoint;
    readonly to: Checkpoint;
  }[],
): Promise<void> => {
  const names = moves.map(({ projector }) => projector.projection.name);
  const { rows } = await client.query<{ name: string }>({
    name: 'move-checkpoints',
    text: `UPDATE ops.projections AS p
        SET position = v.position, event_id = v.event_id, event_stream = v.event_stream, event_revision = v.event_revision,
            updated_at = now()
       FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::uuid[], $6::text[], $7::bigint[])
            AS v(name, epoch, was, position, event_id, event_stream, event_revision)
      WHERE p.name = v.name AND p.owner_epoch = v.epoch AND p.position = v.was
  RETURNING p.name`,
    values: [
      names,
      moves.map(({ projector }) => projector.epoch),
      moves.map(({ from }) => from.position),
      moves.map(({ to }) => to.position),
      moves.map(({ to }) => to.event?.id ?? null),
      moves.map(({ to }) => to.event?.stream ?? null),
      moves.map(({ to }) => to.event?.revision ?? null),
    ],
  });
  const moved = new Set(rows.map(({ name }) => name));
  const elsewhere = names.find((name) => !moved.has(name));
  if (elsewhere !== undefined) throw new CheckpointMoved(elsewhere);
};
