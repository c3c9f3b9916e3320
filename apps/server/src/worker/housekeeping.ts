import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction, isOutage, UNHURRIED, unhurried } from '#postgres';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';

const INTERVAL_MILLISECONDS = 60 * 60 * 1000;

/**
 * Saved answers are kept for seven days at least, as promised; claims of timers as long as their generation lasts; reads of
 * personal data for a year and a month.
 */
const PURGES = [
  `DELETE FROM ops.idempotency WHERE created_at < now() - interval '8 days'`,
  `DELETE FROM ops.timer_claims AS c WHERE fired AND leased_until < now() - interval '8 days'
      AND NOT EXISTS (SELECT FROM read.timers AS t WHERE t.tenant_id = c.tenant_id AND t.account_id = c.account_id AND t.timer_key = c.timer_key)`,
  `DELETE FROM ops.personal_data_reads WHERE read_at < now() - interval '400 days'`,
  `DELETE FROM ops.rebuilds WHERE finished_at < now() - interval '90 days'`,
];

@Injectable()
export class Housekeeping {
  constructor(private readonly pools: Pools) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    while (!signal.aborted) {
      for (const purge of PURGES) {
        await this.purge(purge).catch((error: unknown) => {
          if (!isOutage(error)) logger.warn({ err: error }, 'Old rows could not be removed.');
        });
      }
      await sleep(INTERVAL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async purge(statement: string): Promise<void> {
    await inTransaction(this.pools.owner, async (client) => {
      await client.query(UNHURRIED);
      await client.query(unhurried(statement));
    });
  }
}
