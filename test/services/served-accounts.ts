import { UsageReadingsQuery } from '#projections/usage';
import { AccountRows } from '../../apps/server/src/adapters/account-rows.js';
import { ReadModelAccounts } from '../../apps/server/src/adapters/served-accounts.js';
import type { Pools } from '../../apps/server/src/core/pools.js';
import type { TestDatabase } from './test-database.js';

/** What the read models of a database say of accounts, as the server asks them. */
export const servedAccounts = ({ tenants, api }: TestDatabase): ReadModelAccounts =>
  new ReadModelAccounts(tenants, { api } as Pools, new UsageReadingsQuery(tenants, api), new AccountRows(tenants));
