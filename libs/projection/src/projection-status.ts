import { setTimeout as sleep } from 'node:timers/promises';
import { refuse } from '#kernel';
import type { Pool } from '#postgres';

/** How long a request waits for read models. */
const PATIENCE_MILLISECONDS = 5_000;
const FIRST_LOOK_MILLISECONDS = 4;
const LOOK_MILLISECONDS_MAX = 40;

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly position: bigint;
  readonly status: 'running' | 'paused' | 'failed';
  readonly failure: string | null;
  readonly rebuild: {
    readonly status: 'requested' | 'running' | 'completed' | 'failed';
    readonly position: bigint | null;
    readonly head: bigint | null;
    readonly events: bigint;
    readonly seconds: number | null;
    readonly failure: string | null;
    readonly liveHash: string | null;
    readonly rebuiltHash: string | null;
  } | null;
}

/** For how long a position that projections have come to is good enough to say: they only go on from there. */
const REMEMBERED_MILLISECONDS = 50;

/** Where projections stand, for queries that wait for them and for people who look after them. */
export class ProjectionStatuses {
  private readonly known = new Map<string, { readonly at: number; readonly position: Promise<bigint> }>();

  constructor(private readonly pool: Pool) {}

  /** A position that every named projection has considered, by now or a moment ago. */
  reached(names: readonly string[]): Promise<bigint> {
    const key = names.join();
    const known = this.known.get(key);
    if (known && performance.now() - known.at < REMEMBERED_MILLISECONDS) return known.position;
    const position = this.furthestOfAll(names);
    this.known.set(key, { at: performance.now(), position });
    return position;
  }

  private async furthestOfAll(names: readonly string[]): Promise<bigint> {
    const { rows } = await this.pool.query<{ position: bigint | null }>(
      'SELECT min(position) AS position FROM ops.projections WHERE name = ANY($1)',
      [names],
    );
    return rows[0]!.position ?? 0n;
  }

  /** Waits until every named projection has considered a position. @throws DomainError `read_model_behind` */
  async waitFor(
    names: readonly string[],
    position: bigint,
    milliseconds: number = PATIENCE_MILLISECONDS,
    signal?: AbortSignal,
  ): Promise<void> {
    const deadline = performance.now() + milliseconds;
    for (let pause = FIRST_LOOK_MILLISECONDS; ; pause = Math.min(pause * 2, LOOK_MILLISECONDS_MAX)) {
      const { rows } = await this.pool.query<{ behind: bigint }>(
        `SELECT count(*) AS behind FROM ops.projections WHERE name = ANY($1) AND position < $2`,
        [names, position],
      );
      if (rows[0]!.behind === 0n) return;
      if (performance.now() >= deadline)
        return refuse('read_model_behind', `The read model has not come to position ${position} yet.`, 'behind');
      await sleep(pause, undefined, signal ? { signal } : {});
    }
  }

  async all(): Promise<ProjectionStatus[]> {
    const { rows } = await this.pool.query<
      Omit<ProjectionStatus, 'rebuild'> & NonNullable<ProjectionStatus['rebuild']> & Record<string, unknown>
    >(
      `SELECT p.name, p.version, p.position, p.status, p.failure,
              r.status AS rebuild_status, r.position AS rebuild_position, r.head, r.events, r.failure AS rebuild_failure,
              r.live_hash, r.rebuilt_hash,
              extract(epoch FROM coalesce(r.finished_at, now()) - r.started_at)::float8 AS seconds
         FROM ops.projections AS p
         LEFT JOIN LATERAL (SELECT * FROM ops.rebuilds WHERE name = p.name ORDER BY rebuild_id DESC LIMIT 1) AS r ON true
        ORDER BY p.name`,
    );
    return rows.map(statusOf);
  }

  /** @returns false if there is no such projection */
  async setStatus(name: string, status: 'running' | 'paused'): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE ops.projections SET status = $2, failure = NULL, updated_at = now() WHERE name = $1`,
      [name, status],
    );
    return rowCount === 1;
  }
}

const statusOf = (row: Record<string, unknown>): ProjectionStatus => ({
  name: row['name'] as string,
  version: row['version'] as number,
  position: row['position'] as bigint,
  status: row['status'] as ProjectionStatus['status'],
  failure: row['failure'] as string | null,
  rebuild:
    row['rebuild_status'] === null
      ? null
      : {
          status: row['rebuild_status'] as 'running',
          position: row['rebuild_position'] as bigint | null,
          head: row['head'] as bigint | null,
          events: row['events'] as bigint,
          seconds: row['seconds'] as number | null,
          failure: row['rebuild_failure'] as string | null,
          liveHash: row['live_hash'] as string | null,
          rebuiltHash: row['rebuilt_hash'] as string | null,
        },
});
