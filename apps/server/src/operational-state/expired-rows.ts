import { inTransaction, UNHURRIED, unhurried } from '#postgres';
import { timerOfClaim } from '#projections/agenda';
import { runningRunOf } from '#projections/billing-runs';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

/**
 * Saved answers are kept for seven days at least, as promised; claims of timers as long as their generation lasts; reads of
 * personal data for a year and a month; counts of requests until their window is long over;
 * webhook deliveries that are over for a month; effects that are over, as long as their reactor may be sent back; snapshots, which are a cache, for a quarter: those that are still used are made again.
 */
const PURGES = [
  `DELETE FROM ops.idempotency WHERE created_at < now() - interval '8 days'`,
  `DELETE FROM ops.timer_claims AS c WHERE fired AND leased_until < now() - interval '8 days'
      AND NOT EXISTS (${timerOfClaim('c')})`,
  `DELETE FROM ops.personal_data_reads WHERE read_at < now() - interval '400 days'`,
  `DELETE FROM ops.effects WHERE over_at < now() - interval '400 days'`,
  `DELETE FROM ops.webhook_deliveries WHERE over_at < now() - interval '30 days'`,
  `DELETE FROM ops.webhook_replays WHERE over_at < now() - interval '30 days'`,
  `DELETE FROM ops.rate_leases WHERE ends_at < now() - interval '1 day'`,
  `DELETE FROM ops.snapshots WHERE kept_at < now() - interval '90 days'`,
  `DELETE FROM ops.rebuilds WHERE finished_at < now() - interval '90 days'`,
  `DELETE FROM ops.billing_run_lists AS l WHERE listed_at < now() - interval '8 days'
      AND NOT EXISTS (${runningRunOf('l')})`,
];

/** Rows that nobody needs any more. */
@Injectable()
export class ExpiredRows {
  constructor(private readonly pools: Pools) {}

  /** One removal for each kind, each in a transaction of its own. */
  get removals(): readonly (() => Promise<void>)[] {
    return PURGES.map((purge) => () => this.remove(purge));
  }

  private async remove(purge: string): Promise<void> {
    await inTransaction(this.pools.owner, async (client) => {
      await client.query(UNHURRIED);
      await client.query(unhurried(purge));
    });
  }
}
