import { PersonalData } from '#billing/account';
import type { AccountId, TenantId } from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { Injectable } from '@nestjs/common';

/** What accounts are called, for reports: all with one look-up, and written down as read. */
@Injectable()
export class AccountNames {
  constructor(
    private readonly accounts: AccountsQuery,
    private readonly personalData: PersonalData,
  ) {}

  /** The erased have none. */
  async of(tenantId: TenantId, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, string>> {
    const found = await this.accounts.ofAccounts(tenantId, [...new Set(ids)]);
    const opened = await this.personalData.open(
      tenantId,
      found.map(({ account }) => account.personal),
    );
    return new Map(
      found.flatMap(({ account: { accountId } }, index) => {
        const name = opened[index]?.['name'];
        return typeof name === 'string' ? [[accountId, name] as const] : [];
      }),
    );
  }
}
