import { AccountDirectory, Accounts } from '#billing/account';
import { accountStream } from '#contracts';
import type { AccountId, TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';

const LOG_READS_MAX = 16;

/** Which accounts there are, for requests that name them: what the read model does not know yet, the log may. */
@Injectable()
export class KnownAccounts {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: Accounts,
  ) {}

  async among(tenantId: TenantId, ids: readonly AccountId[]): Promise<ReadonlySet<AccountId>> {
    const known = new Set((await this.directory.statuses(tenantId, ids)).keys());
    const limit = pLimit(LOG_READS_MAX);
    const unknown = ids.filter((id) => !known.has(id));
    const inLog = await Promise.all(unknown.map((id) => limit(() => this.isInLog(tenantId, id))));
    for (const [index, id] of unknown.entries()) if (inLog[index]) known.add(id);
    return known;
  }

  private isInLog(tenantId: TenantId, id: AccountId): Promise<boolean> {
    return this.accounts.view(accountStream(tenantId, id), ({ profile }) => profile !== null, 0);
  }
}
