import { accountStream } from '#contracts';
import { derivedUuid, DomainError, type AccountId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { AccountTime } from '../../account/use-cases/account-time.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { othersFirst } from './others-first.js';
import { UsageReadings } from '../../usage/ports/usage-readings.js';

const CONCURRENCY = 16;

/** Sees to it that readings which came after everything was billed are billed by themselves. */
@Injectable()
export class LateBillings {
  constructor(
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
    private readonly usage: UsageReadings,
    private readonly time: AccountTime,
  ) {}

  /** Of accounts that got late readings: those that nothing else would bill are scheduled. Repeating it changes nothing. */
  async schedule(tenantId: TenantId, accountIds: readonly AccountId[]): Promise<void> {
    if (accountIds.length === 0) return;
    const catalog = await this.catalogs.ofTenant(tenantId);
    const [cuts, arrivals] = await this.usage.inSnapshot(tenantId, (snapshot) =>
      Promise.all([snapshot.cuts(accountIds), snapshot.arrivals(accountIds)]),
    );
    const limit = pLimit(CONCURRENCY);
    await Promise.all(
      accountIds.map((accountId) =>
        limit(async () => {
          const commandId = derivedUuid('late-billing', accountId, cuts.get(accountId) ?? -1);
          const envelope = {
            tenantId,
            accountId,
            commandId,
            requestHash: commandId,
            actor: { type: 'reactor', id: 'late-billing' },
            correlationId: commandId,
          } as const;
          const now = await this.time.now(tenantId, accountId);
          const command = {
            type: 'ScheduleLateBilling',
            arrivals: arrivals.get(accountId) ?? [],
            catalog,
            now,
          } as const;
          await othersFirst();
          try {
            await this.accounts.execute(accountStream(tenantId, accountId), envelope, command, () => null);
          } catch (error) {
            // An account that refuses (it was closed meanwhile) keeps none of the others from it.
            if (!(error instanceof DomainError)) throw error;
          }
        }),
      ),
    );
  }
}
