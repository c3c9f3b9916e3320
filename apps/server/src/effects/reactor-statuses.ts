import type { Pool } from '#postgres';

/** Why a reactor waits for somebody: its place is not known, or is of another log. */
export type PauseReason = 'no_checkpoint' | 'another_log';

/** Where a reactor stands. */
export interface Place {
  readonly position: bigint;
  readonly paused: PauseReason | null;
}

/** How a reactor is, for those who look after it. */
export interface ReactorStatus extends Place {
  readonly name: string;
  readonly waiting: number;
  /** Tried, and to be tried again. */
  readonly failing: number;
  readonly lastFailure: string | null;
}

export const reactorStatuses = async (pool: Pool, names: readonly string[]): Promise<readonly ReactorStatus[]> => {
  const { rows } = await pool.query<{
    name: string;
    position: bigint | null;
    paused: PauseReason | null;
    waiting: bigint;
    failing: bigint;
    failure: string | null;
  }>(
    `SELECT n.name, r.position, r.paused, e.waiting, e.failing, e.failure
         FROM unnest($1::text[]) WITH ORDINALITY AS n(name, place)
         LEFT JOIN ops.reactors AS r ON r.name = n.name
         CROSS JOIN LATERAL (SELECT count(*) AS waiting, count(*) FILTER (WHERE failure IS NOT NULL) AS failing,
                                    (array_agg(failure ORDER BY due_at DESC) FILTER (WHERE failure IS NOT NULL))[1] AS failure
                               FROM ops.effects WHERE reactor = n.name AND over_at IS NULL) AS e
        ORDER BY n.place`,
    [names],
  );
  return rows.map(({ name, position, paused, waiting, failing, failure }) => ({
    name,
    position: position ?? 0n,
    paused,
    waiting: Number(waiting),
    failing: Number(failing),
    lastFailure: failure,
  }));
};
