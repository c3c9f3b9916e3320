import type { Stored } from '#contracts';
import { inTransaction, ROLE_NAMES, UNHURRIED, type Pool, type PoolClient } from '#postgres';
import { checkpointAfter, type ReadEvent } from './batch.js';
import { START, type Checkpoint } from './checkpoint.js';
import { SERVED_SCHEMA } from './installation.js';
import type { Projection } from './projection.js';
import type { RebuildRequest } from './rebuild-requests.js';
import { RowChanges } from './row-changes.js';
import { writeProjected } from './write-projected.js';
import { physicalTables, tableDdl } from './table-ddl.js';
import { tablesHash } from './table-hash.js';

/** Longer than a query, shorter than patience: readers queue behind the swap while it waits. */
const SWAP_LOCK_TIMEOUT = '500ms';

interface LiveCheckpoint {
  readonly position: bigint;
  readonly event_id: string | null;
  readonly status: string;
}

export interface Swap {
  /** Not swapped: the live tables have events that these lack, or (when comparing) lack some that these have. */
  readonly outcome: 'swapped' | 'live_ahead' | 'live_behind';
  readonly live?: string;
  readonly rebuilt?: string;
}

/** One projection built anew beside the served one: tables of its own in a schema of their own, until they are swapped in. */
export class Rebuild {
  private readonly schema: string;
  private readonly wanted: ReadonlySet<string>;
  private checkpoint: Checkpoint = START;
  events = 0;

  constructor(
    readonly projection: Projection,
    readonly request: RebuildRequest,
    private readonly owner: Pool,
    private readonly writer: Pool,
  ) {
    this.schema = `rebuild_${projection.name.replaceAll('-', '_')}`;
    this.wanted = new Set(projection.events);
  }

  get position(): bigint {
    return this.checkpoint.position;
  }

  /** Whatever an earlier attempt left is thrown away. */
  async prepare(): Promise<void> {
    await inTransaction(this.owner, async (client) => {
      await client.query(`DROP SCHEMA IF EXISTS ${this.schema} CASCADE; CREATE SCHEMA ${this.schema}`);
      await client.query(`GRANT USAGE ON SCHEMA ${this.schema} TO ${ROLE_NAMES.projector}`);
      for (const table of this.projection.tables) await client.query(tableDdl(this.schema, table));
    });
  }

  async consume(events: readonly ReadEvent[], position: bigint): Promise<void> {
    const rows = new RowChanges();
    const wanted: Stored[] = [];
    for (const { logged, stored, failure, concernsAll } of events) {
      const isWanted = this.wanted.has(logged.type);
      if (failure !== null && (isWanted || concernsAll)) throw failure;
      if (!isWanted) continue;
      wanted.push(stored!);
      this.projection.project(stored!, rows);
    }
    const step = { projection: this.projection, events: wanted, rows };
    if (!rows.isEmpty) await inTransaction(this.writer, (client) => writeProjected(client, this.schema, step));
    this.events += events.length;
    const last = events.at(-1);
    this.checkpoint = last ? checkpointAfter(last.logged, position) : { ...this.checkpoint, position };
  }

  /** Puts the new tables in the place of the old ones, if they are at least as far. Answers the hashes if asked to compare. */
  async swap(): Promise<Swap> {
    const { name, version, tables } = this.projection;
    return inTransaction(this.owner, async (client) => {
      await client.query(`SET LOCAL lock_timeout = '${SWAP_LOCK_TIMEOUT}'; ${UNHURRIED}`);
      // The row lock holds back the live projector: its checkpoint cannot move until this transaction is over.
      const { rows } = await client.query<LiveCheckpoint>(
        'SELECT position, event_id, status FROM ops.projections WHERE name = $1 FOR UPDATE',
        [name],
      );
      const live = rows[0]!;
      const level = live.event_id === (this.checkpoint.event?.id ?? null);
      const compare = this.request.compare && live.status === 'running';
      const ahead = live.position > this.checkpoint.position;
      if (!level && (compare || ahead)) return { outcome: ahead ? 'live_ahead' : 'live_behind' };
      const hashes = compare ? await this.hashes(client) : {};
      for (const table of tables) {
        await client.query(`DROP TABLE IF EXISTS ${SERVED_SCHEMA}.${table.name}`);
        for (const physical of await physicalTables(client, this.schema, table.name))
          await client.query(`ALTER TABLE ${this.schema}.${physical} SET SCHEMA ${SERVED_SCHEMA}`);
      }
      const { position, event } = this.checkpoint;
      await client.query(
        `UPDATE ops.projections
            SET version = $2, position = greatest(position, $3), event_id = $4, event_stream = $5, event_revision = $6,
                status = CASE status WHEN 'paused' THEN status ELSE 'running' END, failure = NULL,
                owner_epoch = owner_epoch + 1, updated_at = now()
          WHERE name = $1`,
        [
          name,
          version,
          level ? live.position : position,
          event?.id ?? null,
          event?.stream ?? null,
          event?.revision ?? null,
        ],
      );
      await client.query(`DROP SCHEMA ${this.schema} CASCADE`);
      return { outcome: 'swapped', ...hashes };
    });
  }

  async abandon(): Promise<void> {
    await this.owner.query(`DROP SCHEMA IF EXISTS ${this.schema} CASCADE`);
  }

  private async hashes(client: PoolClient): Promise<{ readonly live: string; readonly rebuilt: string }> {
    await client.query(`SET LOCAL ROLE ${ROLE_NAMES.projector}`);
    const live = await tablesHash(client, SERVED_SCHEMA, this.projection.tables);
    const rebuilt = await tablesHash(client, this.schema, this.projection.tables);
    await client.query('RESET ROLE');
    return { live, rebuilt };
  }
}
