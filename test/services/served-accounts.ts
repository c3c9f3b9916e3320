import { AccountsQuery } from '#projections/accounts';
import { OutstandingQuery } from '#projections/ar-aging';
import { BookQuery } from '#projections/book';
import { InvoicesQuery } from '#projections/invoices';
import { PaymentsQuery } from '#projections/payments';
import { SubscriptionsQuery } from '#projections/subscriptions';
import { UsageReadingsQuery } from '#projections/usage';
import { AccountRows } from '../../apps/server/src/adapters/account-rows.js';
import { ReadModelAccounts } from '../../apps/server/src/adapters/served-accounts.js';
import type { TestDatabase } from './test-database.js';

/** What the read models of a database say of accounts, as the server asks them. */
export const servedAccounts = ({ tenants, api }: TestDatabase): ReadModelAccounts =>
  new ReadModelAccounts(
    new AccountsQuery(tenants),
    new SubscriptionsQuery(tenants),
    new InvoicesQuery(tenants),
    new PaymentsQuery(tenants),
    new BookQuery(tenants),
    new OutstandingQuery(tenants),
    new UsageReadingsQuery(tenants, api),
    new AccountRows(tenants),
  );
