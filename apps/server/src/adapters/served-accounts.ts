import { type AccountId, type TenantId } from '#kernel';
import { AccountsQuery } from '#projections/accounts';
import { OutstandingQuery } from '#projections/ar-aging';
import { BookQuery } from '#projections/book';
import { InvoicesQuery } from '#projections/invoices';
import { PaymentsQuery } from '#projections/payments';
import { SubscriptionsQuery } from '#projections/subscriptions';
import { UsageReadingsQuery } from '#projections/usage';
import { ServedAccounts, type ServedAccount } from '#replay';
import { Injectable } from '@nestjs/common';
import { AccountRows } from './account-rows.js';

/** What the read models say of accounts: one statement per read model, however many accounts. */
@Injectable()
export class ReadModelAccounts extends ServedAccounts {
  constructor(
    private readonly accounts: AccountsQuery,
    private readonly subscriptions: SubscriptionsQuery,
    private readonly invoices: InvoicesQuery,
    private readonly payments: PaymentsQuery,
    private readonly books: BookQuery,
    private readonly owed: OutstandingQuery,
    private readonly usage: UsageReadingsQuery,
    private readonly rows: AccountRows,
  ) {
    super();
  }

  async of(tenantId: TenantId, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, ServedAccount>> {
    const [accounts, subscriptions, invoices, payments, ledgers, transfers, outstanding, usage] = await Promise.all([
      this.accounts.ofAccounts(tenantId, ids),
      this.subscriptions.ofAccounts(tenantId, ids),
      this.invoices.ofAccounts(tenantId, ids),
      this.payments.ofAccounts(tenantId, ids),
      this.books.ofAccounts(tenantId, ids),
      this.books.transfersOf(tenantId, ids),
      this.owed.of(tenantId, ids),
      this.usage.summariesOf(tenantId, ids),
    ]);
    return new Map(
      accounts.map(({ account, revision }) => {
        const { accountId } = account;
        return [
          accountId,
          {
            account: { ...account, revision },
            subscriptions: subscriptions.filter((subscription) => subscription.accountId === accountId),
            invoices: invoices.filter(({ invoice }) => invoice.accountId === accountId),
            payments: payments.filter((payment) => payment.accountId === accountId),
            ledger: ledgers.get(accountId) ?? [],
            transfers: transfers.get(accountId) ?? [],
            outstanding: Object.fromEntries(outstanding.get(accountId) ?? []),
            usage: usage.get(accountId) ?? { count: 0, digest: '0000000000000000', lastRevision: -1 },
          },
        ];
      }),
    );
  }

  rowsOf(tenantId: TenantId, accountId: AccountId) {
    return this.rows.of(tenantId, accountId);
  }

  rowsAnew() {
    return this.rows.anew();
  }

  readingsOf(tenantId: TenantId, accountId: AccountId) {
    return this.usage.readingsOf(tenantId, accountId);
  }
}
