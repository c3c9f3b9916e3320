import { isRepeated, mayFire, type DueTimer } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

const LEASE_SECONDS = 60;

/** A timer that is ours, and how often in a row its firing left the same thing due. */
export interface ClaimedTimer extends DueTimer {
  readonly repeats: number;
}

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
         failure = NULL, fired = false, goes_on = false,
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

  async failed(timer: DueTimer, failure: string): Promise<void> {
    await this.update(
      timer,
      `failure = $5, leased_until = now() + least(interval '1 second' * 2 ^ attempts, interval '1 hour')`,
      [failure],
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
