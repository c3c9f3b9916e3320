import type { AccountId, EventLog, TenantId } from '#kernel';
import { foldAccount } from './account-fold.js';
import { accountSnapshot, type AccountSnapshot, type EffectiveCut } from './account-snapshot.js';
import type { AsOf } from './as-of.js';

/** The past of accounts, folded from the log and nothing else: no cache, no snapshot, no read model. */
export class AccountHistory {
  constructor(private readonly log: EventLog) {}

  /** @throws DomainError `account_not_found`: also if there was none yet */
  async at(
    tenantId: TenantId,
    accountId: AccountId,
    { asOf, effective }: { readonly asOf?: AsOf; readonly effective?: EffectiveCut } = {},
  ): Promise<AccountSnapshot> {
    const fold = await foldAccount(this.log, tenantId, accountId, asOf ? { asOf } : {});
    return accountSnapshot(accountId, fold, effective);
  }
}
