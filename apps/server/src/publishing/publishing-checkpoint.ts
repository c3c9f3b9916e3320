import { Clock, EventLog } from '#kernel';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';
import { isLogNew } from '../operational-state/first-event.js';

/** What is published again because somebody asked for it. */
export interface Republication {
  /** Of this request: what goes out again is told from what went out before. */
  readonly id: string;
  /** As far as it was published before. */
  readonly through: bigint;
}

const NAME = 'publish-events';

/** How far the log is published. Kept with the database's backups, apart from JetStream, which may lose what it has. */
@Injectable()
export class PublishingCheckpoint {
  constructor(
    private readonly pools: Pools,
    private readonly log: EventLog,
    private readonly clock: Clock,
  ) {}

  /** Undefined where nothing was ever published. */
  async position(): Promise<bigint | undefined> {
    const { rows } = await this.pools.projector.query<{ position: bigint }>(
      'SELECT position FROM ops.reactors WHERE name = $1',
      [NAME],
    );
    return rows[0]?.position;
  }

  /** Null where nobody ever asked for it. */
  async republication(): Promise<Republication | null> {
    const { rows } = await this.pools.projector.query<{ again_id: string | null; again_through: bigint | null }>(
      'SELECT again_id, again_through FROM ops.reactors WHERE name = $1',
      [NAME],
    );
    const [{ again_id: id = null, again_through: through = null } = {}] = rows;
    return id === null || through === null ? null : { id, through };
  }

  /**
   * Without a checkpoint the end of the log, so that a database made anew tells nobody years of old events again; of a log that
   * is new itself, its beginning.
   */
  async begin(): Promise<bigint> {
    const known = await this.position();
    const head = await this.log.head();
    // From there nothing would be heard of, in silence.
    if (known !== undefined && known > head) {
      throw new Error(
        `What was published ends at ${known}, and the log at ${head}: the database belongs to another log, or to a later state of this one.`,
      );
    }
    if (known !== undefined) return known;
    const first = (await isLogNew(this.log, this.clock)) ? 0n : head;
    await this.pools.projector.query(
      'INSERT INTO ops.reactors (name, position) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
      [NAME, first],
    );
    return first;
  }

  /** False if it was moved meanwhile. */
  async advance(from: bigint, to: bigint): Promise<boolean> {
    if (from === to) return true;
    const { rowCount } = await this.pools.projector.query(
      'UPDATE ops.reactors SET position = $3, updated_at = now() WHERE name = $1 AND position = $2',
      [NAME, from, to],
    );
    return rowCount === 1;
  }

  /** Back to a position, never ahead: everything after it is published again. Answers where it was; undefined if there is none. */
  async moveBack(to: bigint): Promise<bigint | undefined> {
    const { rows } = await this.pools.owner.query<{ position: bigint }>(
      `UPDATE ops.reactors AS moved
          SET position = least(moved.position, $2), updated_at = now(),
              again_id = gen_random_uuid(), again_through = greatest(moved.position, moved.again_through)
         FROM (SELECT position FROM ops.reactors WHERE name = $1 FOR UPDATE) AS before
        WHERE moved.name = $1 RETURNING before.position`,
      [NAME, to],
    );
    return rows[0]?.position;
  }
}
