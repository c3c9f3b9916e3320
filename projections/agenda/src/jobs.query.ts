import type { AccountId, Instant, TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';

/** So often in a row it is refused before it is called dead: then it is tried once a day. */
export const REFUSALS_MAX = 5;

/**
 * Where a timer stands. `scheduled`: it is not due. `due`: nobody has it yet. `running`. `failed`: it was refused, and is tried again soon. `dead`: it was refused again and
 * again, and is tried once a day. `skipped`: somebody decided against it.
 */
export type JobState = 'scheduled' | 'due' | 'running' | 'failed' | 'dead' | 'skipped';

export interface Job extends Record<string, unknown> {
  readonly owner: string;
  readonly timer_key: string;
  readonly account_id: AccountId | null;
  readonly due_at: Instant;
  readonly generation: bigint;
  readonly state: JobState;
  readonly refusals: number;
  readonly failure: string | null;
  /** When it is tried next, of what was refused. */
  readonly next_at: Instant | null;
}

/** After which job a page begins. */
export interface JobPlace {
  readonly dueAt: Instant;
  readonly owner: string;
  readonly key: string;
}

const CLAIM = 'c.generation = t.generation';
const STATE = `CASE
  WHEN s.generation = t.generation OR (${CLAIM} AND c.skipped) THEN 'skipped'
  WHEN ${CLAIM} AND c.failure IS NOT NULL AND c.refusals >= ${REFUSALS_MAX} THEN 'dead'
  WHEN ${CLAIM} AND c.failure IS NOT NULL THEN 'failed'
  WHEN ${CLAIM} AND (c.fired OR c.leased_until > now()) THEN 'running'
  WHEN t.due_at <= coalesce(k.shows, $2) THEN 'due' ELSE 'scheduled' END`;

const JOBS = `
  SELECT t.owner, t.timer_key, t.account_id, t.due_at, t.generation, ${STATE} AS state,
         CASE WHEN ${CLAIM} THEN c.refusals ELSE 0 END AS refusals, CASE WHEN ${CLAIM} THEN c.failure END AS failure,
         CASE WHEN ${CLAIM} AND c.failure IS NOT NULL THEN c.leased_until END AS next_at
    FROM read.timers AS t
    LEFT JOIN ops.timer_claims AS c ON c.tenant_id = t.tenant_id AND c.owner = t.owner AND c.timer_key = t.timer_key
    LEFT JOIN read.skipped_timers AS s ON s.tenant_id = t.tenant_id AND s.owner = t.owner AND s.timer_key = t.timer_key
    LEFT JOIN read.account_clocks AS a ON a.tenant_id = t.tenant_id AND a.account_id = t.account_id
    LEFT JOIN read.test_clocks AS k ON k.tenant_id = a.tenant_id AND k.clock_id = a.clock_id
   WHERE t.tenant_id = $1`;

/** What falls due by itself, by the clock that each account goes by. */
export class JobsQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** The earliest first. */
  list(
    tenantId: TenantId,
    now: Instant,
    {
      state,
      accountId,
      limit,
      after,
    }: {
      readonly state?: readonly JobState[];
      readonly accountId?: AccountId;
      readonly limit: number;
      readonly after?: JobPlace;
    },
  ): Promise<Job[]> {
    return this.database.rows<Job>(
      tenantId,
      `SELECT * FROM (${JOBS} AND ($3::text IS NULL OR t.account_id = $3)
          AND ($5::text IS NULL OR (t.due_at, t.owner, t.timer_key) > ($4::timestamptz, $5, $6::text))) AS j
        WHERE $7::text[] IS NULL OR j.state = ANY ($7) ORDER BY due_at, owner, timer_key LIMIT $8`,
      [
        tenantId,
        now,
        accountId ?? null,
        after?.dueAt ?? null,
        after?.owner ?? null,
        after?.key ?? null,
        state ?? null,
        limit,
      ],
    );
  }

  async find(tenantId: TenantId, now: Instant, owner: string, key: string): Promise<Job | undefined> {
    const [row] = await this.database.rows<Job>(tenantId, `${JOBS} AND t.owner = $3 AND t.timer_key = $4`, [
      tenantId,
      now,
      owner,
      key,
    ]);
    return row;
  }
}
