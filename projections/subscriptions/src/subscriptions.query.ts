import type { SubscriptionRecord } from '#billing';
import type { AccountId, Instant, SubscriptionId, TenantId } from '#kernel';
import { page, selectFrom, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import type { subscriptions } from './subscriptions.projection.js';

type SubscriptionRow = Row<typeof subscriptions>;

export interface SubscriptionFilter {
  readonly accountId?: AccountId;
  readonly plan?: string;
  /** Statuses at the given moment. */
  readonly status?: readonly string[];
  readonly at: Instant;
}

/** The moment that is asked about; for an account that lives by a test clock, what that shows. */
const AT = `coalesce((SELECT k.shows FROM read.test_accounts AS a JOIN read.test_clocks AS k USING (tenant_id, clock_id)
                       WHERE a.tenant_id = t.tenant_id AND a.account_id = t.account_id), :at)`;

/** The same look-up in the timeline that the domain makes. */
const STATUS = `CASE
  WHEN t.ends_at IS NOT NULL AND t.ends_at <= ${AT} THEN 'ended'
  WHEN t.ends_at IS NOT NULL THEN 'canceled'
  WHEN t.activated_at IS NOT NULL AND t.activated_at <= ${AT} THEN 'active'
  ELSE 'pending' END`;

export class SubscriptionsQuery {
  constructor(private readonly database: TenantTransactions) {}

  async find(tenantId: TenantId, subscriptionId: SubscriptionId): Promise<SubscriptionRecord | undefined> {
    const [row] = await this.database.rows<SubscriptionRow>(
      tenantId,
      'SELECT * FROM read.subscriptions WHERE tenant_id = $1 AND subscription_id = $2',
      [tenantId, subscriptionId],
    );
    return row && subscriptionRecord(row);
  }

  async list(tenantId: TenantId, filter: SubscriptionFilter, request: PageRequest): Promise<Page<SubscriptionRecord>> {
    const query = selectFrom('subscriptions').where('true');
    if (filter.accountId) query.andWhere('t.account_id = :accountId', { accountId: filter.accountId });
    if (filter.plan) query.andWhere('t.plan = :plan', { plan: filter.plan });
    if (filter.status) query.andWhere(`${STATUS} IN (:...status)`, { at: filter.at, status: filter.status });
    const { rows, ...cursors } = await page<SubscriptionRow>(
      this.database,
      tenantId,
      query,
      'created_position',
      request,
    );
    return { rows: rows.map(subscriptionRecord), ...cursors };
  }

  async ofAccounts(tenantId: TenantId, accounts: readonly AccountId[]): Promise<SubscriptionRecord[]> {
    const rows = await this.database.rows<SubscriptionRow>(
      tenantId,
      'SELECT * FROM read.subscriptions WHERE tenant_id = $1 AND account_id = ANY($2)',
      [tenantId, accounts],
    );
    return rows.map(subscriptionRecord);
  }

  async owners(tenantId: TenantId, ids: readonly SubscriptionId[]): Promise<ReadonlyMap<SubscriptionId, AccountId>> {
    const rows = await this.database.rows<Pick<SubscriptionRow, 'subscription_id' | 'account_id'>>(
      tenantId,
      'SELECT subscription_id, account_id FROM read.subscriptions WHERE tenant_id = $1 AND subscription_id = ANY($2)',
      [tenantId, ids],
    );
    return new Map(
      rows.map(({ subscription_id: id, account_id: owner }) => [id as SubscriptionId, owner as AccountId]),
    );
  }
}

const subscriptionRecord = (row: SubscriptionRow): SubscriptionRecord => ({
  subscriptionId: row.subscription_id as SubscriptionId,
  accountId: row.account_id as AccountId,
  personal: row.personal as SubscriptionRecord['personal'],
  plan: row.plan,
  planVersion: row.plan_version,
  startAt: row.start_at as Instant,
  anchor: row.anchor as SubscriptionRecord['anchor'],
  timeZone: row.time_zone,
  activation: row.activation as SubscriptionRecord['activation'],
  quantities: row.quantities as SubscriptionRecord['quantities'],
  overrides: row.overrides as SubscriptionRecord['overrides'],
  activatedAt: row.activated_at as Instant | null,
  endsAt: row.ends_at as Instant | null,
  cancelCredit: row.cancel_credit as SubscriptionRecord['cancelCredit'],
  nextBillAt: row.next_bill_at as Instant | null,
});
