import { isRepeated, mayFire, REFUSALS_MAX, type DueTimer } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

const LEASE_SECONDS = 60;

/** A timer that is ours, and how often in a row its firing left the same thing due. */
export interface ClaimedTimer extends DueTimer {
  readonly repeats: number;
}

/** A timer that somebody decided about. */
export type DecidedTimer = Pick<DueTimer, 'tenantId' | 'owner' | 'key' | 'generation' | 'dueAt'>;

/** Who fires which timer. A claim is a short lease; that nothing happens twice, the command's identity sees to. */
@Injectable()
export class TimerClaims {
  constructor(private readonly pools: Pools) {}

  /** Those of the timers that are ours now. */
  async claim(timers: readonly DueTimer[]): Promise<ClaimedTimer[]> {
    if (timers.length === 0) return [];
    const { rows } = await this.pools.projector.query<{ owner: string; timer_key: string; repeats: number }>(
      `INSERT INTO ops.timer_claims AS c (tenant_id, owner, timer_key, generation, due_at, leased_until)
       SELECT tenant_id, owner, timer_key, generation, due_at, now() + interval '${LEASE_SECONDS} seconds'
         FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])
           AS v(tenant_id, owner, timer_key, generation, due_at)
       ON CONFLICT (tenant_id, owner, timer_key) DO UPDATE SET
         generation = excluded.generation, due_at = excluded.due_at, leased_until = excluded.leased_until,
         failure = NULL, fired = false, goes_on = false, skipped = false,
         refusals = CASE WHEN c.generation = excluded.generation THEN c.refusals ELSE 0 END,
         attempts = CASE WHEN c.generation = excluded.generation THEN c.attempts + 1 ELSE 1 END,
         repeats = CASE WHEN c.generation = excluded.generation THEN c.repeats
                        WHEN ${isRepeated('excluded.due_at')} THEN c.repeats + 1 ELSE 0 END
         WHERE ${mayFire('excluded.generation', 'excluded.due_at')}
       RETURNING owner, timer_key, repeats`,
      [
        timers.map(({ tenantId }) => tenantId),
        timers.map(({ owner }) => owner),
        timers.map(({ key }) => key),
        timers.map(({ generation }) => generation),
        timers.map(({ dueAt }) => dueAt),
      ],
    );
    const claimed = new Map(rows.map(({ owner, timer_key: key, repeats }) => [`${owner} ${key}`, repeats]));
    return timers.flatMap((timer) => {
      const repeats = claimed.get(`${timer.owner} ${timer.key}`);
      return repeats === undefined ? [] : [{ ...timer, repeats }];
    });
  }

  /** Fired, whether or not that changed anything: this generation never fires again. One that goes on means to leave the rest due. */
  async done(timer: DueTimer, goesOn = false): Promise<void> {
    await this.update(timer, 'fired = true, fired_at = now(), goes_on = $5', [goesOn]);
  }

  /** @param isRefused whether it was refused, and not only that somebody was away: again and again, it is tried once a day */
  async failed(timer: DueTimer, failure: string, isRefused = true): Promise<void> {
    await this.update(
      timer,
      `failure = $5, refusals = refusals + $6::int,
       leased_until = now() + CASE WHEN refusals + $6::int >= ${REFUSALS_MAX} THEN interval '1 day'
                                   ELSE least(interval '1 second' * 2 ^ least(attempts, 12), interval '1 hour') END`,
      [failure, isRefused ? 1 : 0],
    );
  }

  /** What waits, or was skipped, is tried at once, as if it was for the first time. */
  async release({ tenantId, owner, key }: DecidedTimer): Promise<void> {
    await this.pools.projector.query(
      `UPDATE ops.timer_claims SET leased_until = now() - interval '1 second', attempts = 0, refusals = 0, repeats = 0, fired_at = NULL,
              fired = fired AND NOT skipped, skipped = false
        WHERE tenant_id = $1 AND owner = $2 AND timer_key = $3 AND (failure IS NOT NULL OR fired)`,
      [tenantId, owner, key],
    );
  }

  /** This generation never fires, unless somebody fires it just now. */
  async skip({ tenantId, owner, key, generation, dueAt }: DecidedTimer): Promise<void> {
    await this.pools.projector.query(
      `INSERT INTO ops.timer_claims AS c (tenant_id, owner, timer_key, generation, due_at, leased_until, fired, fired_at, skipped)
       VALUES ($1, $2, $3, $4, $5, now(), true, now(), true)
       ON CONFLICT (tenant_id, owner, timer_key) DO UPDATE SET
         generation = excluded.generation, due_at = excluded.due_at, leased_until = now(), failure = NULL, fired = true,
         fired_at = now(), skipped = true, refusals = 0, repeats = 0
         WHERE c.generation <> excluded.generation OR (NOT c.fired AND (c.leased_until < now() OR c.failure IS NOT NULL))`,
      [tenantId, owner, key, generation, dueAt],
    );
  }

  private async update(
    { tenantId, owner, key, generation }: DueTimer,
    change: string,
    values: readonly unknown[],
  ): Promise<void> {
    await this.pools.projector.query(
      `UPDATE ops.timer_claims SET ${change} WHERE tenant_id = $1 AND owner = $2 AND timer_key = $3 AND generation = $4`,
      [tenantId, owner, key, generation, ...values],
    );
  }
}
