import { setTimeout as sleep } from 'node:timers/promises';
import { AccountHierarchy, type Hierarchy } from '#billing/account';
import { EventLog, type TenantId } from '#kernel';
import type { PoolClient } from '#postgres';
import { ProjectionStatuses } from '#projection';
import { AccountsQuery } from '#projections/accounts';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { Pools } from '../core/pools.js';

const LOOK_MILLISECONDS = 50;

/**
 * By the read model of accounts, brought up to the end of the log, under a lock that all processes share. A process asks for one lock at
 * a time: those who wait must not take the connections that the one who works needs.
 */
@Injectable()
export class ReadModelHierarchy extends AccountHierarchy {
  private readonly one = pLimit(1);

  constructor(
    private readonly pools: Pools,
    private readonly accounts: AccountsQuery,
    private readonly statuses: ProjectionStatuses,
    private readonly log: EventLog,
  ) {
    super();
  }

  alone<Result>(tenantId: TenantId, work: (hierarchy: Hierarchy) => Promise<Result>): Promise<Result> {
    return this.one(async () => {
      const client = await this.pools.api.connect();
      try {
        await this.lock(client, tenantId);
        await this.statuses.waitFor(['accounts'], await this.log.head());
        return await work({
          above: async (accountId) => {
            const known = await this.accounts.statuses(tenantId, [accountId]);
            return known.has(accountId) ? this.accounts.above(tenantId, accountId) : undefined;
          },
        });
      } finally {
        // Ending the connection frees the lock for certain.
        client.release(true);
      }
    });
  }

  private async lock(client: PoolClient, tenantId: TenantId): Promise<void> {
    for (;;) {
      const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS locked', [
        `recount-hierarchy ${tenantId}`,
      ]);
      if (rows[0]!.locked) return;
      await sleep(LOOK_MILLISECONDS);
    }
  }
}
