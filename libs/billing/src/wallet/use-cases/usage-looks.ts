import { accountStream } from '#contracts';
import { derivedUuid, DomainError, type AccountId, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { Accounts } from '../../account/use-cases/accounts.js';
import { StaleFacts } from '../../invoice/stale-facts.js';
import { othersFirst } from '../../invoice/use-cases/others-first.js';
import { UsagesSoFar } from './usage-so-far.js';

const CONCURRENCY = 16;

/** Sees to it that wallets are recharged before what was used is billed. */
@Injectable()
export class UsageLooks {
  constructor(
    private readonly accounts: Accounts,
    private readonly usages: UsagesSoFar,
  ) {}

  /**
   * Of accounts that got readings: asks for recharges of wallets that these would bring below their level. Repeating it changes nothing.
   * @returns those that changed while they were measured, and are to be looked at again
   */
  async look(tenantId: TenantId, accountIds: readonly AccountId[]): Promise<readonly AccountId[]> {
    const measured = await this.usages.of(tenantId, accountIds);
    const changed: AccountId[] = [];
    const limit = pLimit(CONCURRENCY);
    await Promise.all(
      [...measured].map(([accountId, one]) =>
        limit(async () => {
          const commandId = derivedUuid('usage-look', accountId, one.until, one.usage.cut);
          const envelope = {
            tenantId,
            accountId,
            commandId,
            requestHash: commandId,
            actor: { type: 'reactor', id: 'usage-look' },
            correlationId: commandId,
          } as const;
          await othersFirst();
          try {
            const command = { type: 'LookAtUsage', measured: one } as const;
            await this.accounts.execute(accountStream(tenantId, accountId), envelope, command, () => null);
          } catch (error) {
            // One that refuses keeps none of the others from it: it is looked at again with its next readings.
            if (error instanceof StaleFacts) changed.push(accountId);
            else if (!(error instanceof DomainError)) throw error;
          }
        }),
      ),
    );
    return changed;
  }
}
