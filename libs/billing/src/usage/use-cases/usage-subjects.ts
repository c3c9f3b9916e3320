import { accountStream, catalogStream, type Meter, type Reading } from '#contracts';
import type { AccountId, SubscriptionId, TenantId, TestClockId } from '#kernel';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Catalog } from '../../catalog/catalog.decider.js';
import { readsNumbers } from '../../catalog/meter.js';
import { Accounts } from '../../account/use-cases/accounts.js';
import { Catalogs } from '../../catalog/use-cases/catalogs.js';
import { AccountDirectory } from '../../account/ports/account-directory.js';

/** Whom readings may be about. */
export interface Subjects {
  readonly accounts: ReadonlyMap<AccountId, 'open' | 'closed'>;
  /** Of accounts that live by one. */
  readonly testClocks: ReadonlyMap<AccountId, TestClockId>;
  readonly owners: ReadonlyMap<SubscriptionId, AccountId>;
  /** By event name, the meters that read numbers. */
  readonly numeric: ReadonlyMap<string, readonly Meter[]>;
}

interface FoundSubjects {
  readonly accounts: Map<AccountId, 'open' | 'closed'>;
  readonly owners: Map<SubscriptionId, AccountId>;
  readonly testClocks: Map<AccountId, TestClockId>;
}

const LOG_READS_MAX = 16;
const CATALOG_AGE_MILLISECONDS_MAX = 1_000;

/** Finds accounts and subscriptions in the read model, and in the log those that it does not know yet. */
@Injectable()
export class UsageSubjects {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly accounts: Accounts,
    private readonly catalogs: Catalogs,
  ) {}

  async find(
    tenantId: TenantId,
    readings: readonly (Pick<Reading, 'subscriptionId'> & { readonly accountId: AccountId })[],
  ): Promise<Subjects> {
    const accountIds = [...new Set(readings.map(({ accountId }) => accountId))];
    const subscriptions = new Map<SubscriptionId, AccountId>();
    for (const { subscriptionId, accountId } of readings)
      if (subscriptionId !== undefined) subscriptions.set(subscriptionId, accountId);
    const [accounts, testClocks, owners, numeric] = await Promise.all([
      this.directory.statuses(tenantId, accountIds),
      this.directory.testClocks(tenantId, accountIds),
      subscriptions.size === 0
        ? new Map<SubscriptionId, AccountId>()
        : this.directory.owners(tenantId, [...subscriptions.keys()]),
      this.catalogs.view(catalogStream(tenantId), numericMeters, CATALOG_AGE_MILLISECONDS_MAX),
    ]);
    const known = new Map(accounts);
    const owned = new Map(owners);
    const clocks = new Map(testClocks);
    const unknown = new Set(accountIds.filter((accountId) => !known.has(accountId)));
    for (const [subscriptionId, accountId] of subscriptions) if (!owned.has(subscriptionId)) unknown.add(accountId);
    const limit = pLimit(LOG_READS_MAX);
    const found = { accounts: known, owners: owned, testClocks: clocks };
    await Promise.all([...unknown].map((accountId) => limit(() => this.lookInLog(tenantId, accountId, found))));
    return { ...found, numeric };
  }

  private async lookInLog(
    tenantId: TenantId,
    accountId: AccountId,
    { accounts, owners, testClocks }: FoundSubjects,
  ): Promise<void> {
    await this.accounts.view(
      accountStream(tenantId, accountId),
      ({ profile, closed, subscriptions }) => {
        if (profile === null) return;
        accounts.set(accountId, closed ? 'closed' : 'open');
        if (profile.testClockId !== undefined) testClocks.set(accountId, profile.testClockId);
        for (const subscriptionId of subscriptions.keys()) owners.set(subscriptionId, accountId);
      },
      0,
    );
  }
}

const numericMeters = ({ meters }: Catalog): ReadonlyMap<string, readonly Meter[]> =>
  Map.groupBy(
    [...meters.values()].filter((meter) => !meter.archived && readsNumbers(meter)),
    ({ eventName }) => eventName,
  );
