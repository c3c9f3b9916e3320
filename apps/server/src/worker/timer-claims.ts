import type { DueTimer } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

const LEASE_SECONDS = 60;

/** Who fires which timer. A claim is a short lease; that nothing happens twice, the command's identity sees to. */
@Injectable()
export class TimerClaims {
  constructor(private readonly pools: Pools) {}

  /** Those of the timers that are ours now. */
  async claim(timers: readonly DueTimer[]): Promise<DueTimer[]> {
    if (timers.length === 0) return [];
    const { rows } = await this.pools.projector.query<{ account_id: string; timer_key: string }>(
      `INSERT INTO ops.timer_claims AS c (tenant_id, account_id, timer_key, generation, leased_until)
       SELECT tenant_id, account_id, timer_key, generation, now() + interval '${LEASE_SECONDS} seconds'
         FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS v(tenant_id, account_id, timer_key, generation)
       ON CONFLICT (tenant_id, account_id, timer_key) DO UPDATE SET
         generation = excluded.generation, leased_until = excluded.leased_until, failure = NULL, fired = false,
         attempts = CASE WHEN c.generation = excluded.generation THEN c.attempts + 1 ELSE 1 END
         WHERE c.generation <> excluded.generation OR (NOT c.fired AND c.leased_until < now())
       RETURNING account_id, timer_key`,
      [
        timers.map(({ tenantId }) => tenantId),
        timers.map(({ accountId }) => accountId),
        timers.map(({ key }) => key),
        timers.map(({ generation }) => generation),
      ],
    );
    const claimed = new Set(rows.map(({ account_id: accountId, timer_key: key }) => `${accountId} ${key}`));
    return timers.filter(({ accountId, key }) => claimed.has(`${accountId} ${key}`));
  }

  /** Fired, whether or not that changed anything: this generation never fires again. */
  async done(timer: DueTimer): Promise<void> {
    await this.update(timer, 'fired = true', []);
  }

  async failed(timer: DueTimer, failure: string): Promise<void> {
    await this.update(
      timer,
      `failure = $5, leased_until = now() + least(interval '1 second' * 2 ^ attempts, interval '1 hour')`,
      [failure],
    );
  }

  private async update(
    { tenantId, accountId, key, generation }: DueTimer,
    change: string,
    values: readonly unknown[],
  ): Promise<void> {
    await this.pools.projector.query(
      `UPDATE ops.timer_claims SET ${change} WHERE tenant_id = $1 AND account_id = $2 AND timer_key = $3 AND generation = $4`,
      [tenantId, accountId, key, generation, ...values],
    );
  }
}
