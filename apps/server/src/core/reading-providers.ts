import { AccountDirectory, AccountHierarchy } from '#billing/account';
import { ReadModels } from '#billing/billing-run';
import { UsageReadings } from '#billing/usage';
import { EventLog } from '#kernel';
import { TenantTransactions } from '#postgres';
import { ProjectionStatuses } from '#projection';
import { TenantDirectoryQuery } from '#projections/tenants';
import { UsageReadingsQuery } from '#projections/usage';
import { AccountHistory, ServedAccounts, VerifyAccounts, VerifyChains } from '#replay';
import type { Provider } from '@nestjs/common';
import { ReadModelDirectory } from '../adapters/read-model-directory.js';
import { ReadModelHierarchy } from '../adapters/read-model-hierarchy.js';
import { ReadModelAccounts } from '../adapters/served-accounts.js';
import { Pools } from './pools.js';

/** What reads the log and the read models, made of the log and the pools alone. */
export const READING_PROVIDERS: readonly Provider[] = [
  {
    provide: TenantTransactions,
    inject: [Pools],
    useFactory: ({ api }: Pools): TenantTransactions => new TenantTransactions(api),
  },
  {
    provide: ProjectionStatuses,
    inject: [Pools],
    useFactory: ({ owner }: Pools): ProjectionStatuses => new ProjectionStatuses(owner),
  },
  { provide: ReadModels, useExisting: ProjectionStatuses },
  { provide: UsageReadings, useExisting: UsageReadingsQuery },
  {
    provide: TenantDirectoryQuery,
    inject: [Pools],
    useFactory: ({ projector }: Pools): TenantDirectoryQuery => new TenantDirectoryQuery(projector),
  },
  { provide: AccountDirectory, useClass: ReadModelDirectory },
  { provide: AccountHierarchy, useClass: ReadModelHierarchy },
  { provide: ServedAccounts, useClass: ReadModelAccounts },
  {
    provide: AccountHistory,
    inject: [EventLog],
    useFactory: (log: EventLog): AccountHistory => new AccountHistory(log),
  },
  {
    provide: VerifyChains,
    inject: [EventLog],
    useFactory: (log: EventLog): VerifyChains => new VerifyChains(log),
  },
  {
    provide: VerifyAccounts,
    inject: [EventLog, ServedAccounts],
    useFactory: (log: EventLog, served: ServedAccounts): VerifyAccounts => new VerifyAccounts(log, served),
  },
];
