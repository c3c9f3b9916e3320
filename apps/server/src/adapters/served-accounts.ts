import type { AccountId, TenantId } from '#kernel';
import { TenantTransactions } from '#postgres';
import { UsageReadingsQuery } from '#projections/usage';
import { NOTHING_SERVED, ServedAccounts, type ServedAccount } from '#replay';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';
import { SERVED_PARTS } from '../projecting/read-models.js';
import { AccountRows } from './account-rows.js';

/** What the read models say of accounts: one statement per part, however many accounts. */
@Injectable()
export class ReadModelAccounts extends ServedAccounts {
  private readonly parts;

  constructor(
    database: TenantTransactions,
    { api }: Pools,
    private readonly usage: UsageReadingsQuery,
    private readonly rows: AccountRows,
  ) {
    super();
    this.parts = SERVED_PARTS.map(({ part, query, of }) => {
      const asked = new query(database, api);
      return (tenantId: TenantId, ids: readonly AccountId[]) =>
        of(asked, tenantId, ids).then((found) => [part, found] as const);
    });
  }

  async of(tenantId: TenantId, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, ServedAccount>> {
    const parts = await Promise.all(this.parts.map((served) => served(tenantId, ids)));
    const known = parts.find(([part]) => part === 'account')?.[1].keys() ?? [];
    return new Map(
      [...known].map((accountId) => {
        const own = parts.flatMap(([part, found]) => (found.has(accountId) ? [[part, found.get(accountId)]] : []));
        return [accountId, { ...NOTHING_SERVED, ...Object.fromEntries(own) } as ServedAccount];
      }),
    );
  }

  rowsOf(tenantId: TenantId, accounts: readonly AccountId[]) {
    return this.rows.of(tenantId, accounts);
  }

  rowsAnew() {
    return this.rows.anew();
  }

  readingsOf(tenantId: TenantId, accounts: readonly AccountId[]) {
    return this.usage.readingsOf(tenantId, accounts);
  }
}
