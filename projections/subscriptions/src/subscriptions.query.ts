import type { Quantities, Overrides, EndCredit, ChangeProration, Segment, ChangeKind } from '#contracts';
import type { SubscriptionRecord } from '#billing/subscription';
import type { AccountId, Instant, SubscriptionId, TenantId } from '#kernel';
import { page, selectFrom, type Orders, type Page, type PageRequest, type TenantTransactions } from '#postgres';
import { recordsOf, type Row } from '#projection';
import { subscriptionChanges, subscriptions } from './subscriptions.projection.js';

type SubscriptionRow = Row<typeof subscriptions>;

export interface SubscriptionFilter {
  readonly accountId?: AccountId;
  readonly plan?: string;
  /** Statuses at the given moment. */
  readonly status?: readonly string[];
  /** Texts that the subscription's own must hold. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly at: Instant;
}

/** The moment that is asked about; for an account that lives by a test clock, what that shows. */
const AT = `coalesce((SELECT k.shows FROM read.account_clocks AS a JOIN read.test_clocks AS k USING (tenant_id, clock_id)
                       WHERE a.tenant_id = t.tenant_id AND a.account_id = t.account_id), :at)`;
/** The segment of a timeline that an instant lies in; none where it was never told. */
const SEGMENT = (field: string) => `(SELECT s ->> '${field}' FROM jsonb_array_elements(t.segments) AS s
   WHERE (s ->> 'from')::timestamptz <= ${AT} ORDER BY (s ->> 'from')::timestamptz DESC LIMIT 1)`;

/** The same look-up in the timeline that the domain makes. */
const STATUS = `CASE
  WHEN t.ends_at IS NOT NULL AND t.ends_at <= ${AT} THEN 'ended'
  WHEN t.ends_at IS NOT NULL THEN 'canceled'
  WHEN t.activated_at IS NULL OR t.activated_at > ${AT} THEN 'pending'
  ELSE coalesce(${SEGMENT('status')}, 'active') END`;

/** What a subscription was created with, unless its timeline says otherwise by then. */
const PLAN = `coalesce(${SEGMENT('plan')}, t.plan)`;

/** What has no end, and nothing to be billed, stands behind all that has. */
const ORDERS: Orders = {
  createdAt: { by: 't.created_at', type: 'timestamptz' },
  startAt: { by: 't.start_at', type: 'timestamptz' },
  endsAt: { by: "coalesce(t.ends_at, 'infinity')", type: 'timestamptz' },
  nextBillAt: { by: "coalesce(t.next_bill_at, 'infinity')", type: 'timestamptz' },
};

export interface SubscriptionChangeRecord {
  readonly changeId: string;
  readonly kind: ChangeKind;
  readonly effectiveFrom: Instant;
  readonly plan: string | null;
  readonly planVersion: number | null;
  readonly quantities: Quantities | null;
  readonly overrides: Overrides | null;
  readonly until: Instant | null;
  readonly policy: EndCredit | ChangeProration | null;
  readonly recordedAt: Instant;
}

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
    if (filter.plan) query.andWhere(`${PLAN} = :plan`, { at: filter.at, plan: filter.plan });
    if (filter.status) query.andWhere(`${STATUS} IN (:...status)`, { at: filter.at, status: filter.status });
    if (filter.metadata)
      query.andWhere('t.metadata @> CAST(:metadata AS jsonb)', { metadata: JSON.stringify(filter.metadata) });
    const { rows, ...cursors } = await page<SubscriptionRow>(
      this.database,
      tenantId,
      query,
      'created_position',
      request,
      ORDERS,
    );
    return { rows: rows.map(subscriptionRecord), ...cursors };
  }

  /** What counts only after an instant, and not after its end, in the order in which it will. */
  async scheduled(
    tenantId: TenantId,
    subscriptionId: SubscriptionId,
    after: Instant,
  ): Promise<SubscriptionChangeRecord[]> {
    const rows = await this.database.rows<Row<typeof subscriptionChanges> & Pick<SubscriptionRow, 'segments'>>(
      tenantId,
      `SELECT c.*, t.segments FROM read.subscription_changes AS c JOIN read.subscriptions AS t USING (tenant_id, subscription_id)
        WHERE c.tenant_id = $1 AND c.subscription_id = $2 AND c.effective_from > $3
          AND (t.ends_at IS NULL OR c.effective_from < t.ends_at OR c.kind = 'cancel')
        ORDER BY c.effective_from, c.recorded_at`,
      [tenantId, subscriptionId, after],
    );
    return rows.map((row) => ({ ...changeRecord(row), ...termsBy(row) }));
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

const subscriptionRecord = recordsOf(subscriptions, 'created_at').as<SubscriptionRecord>();

const TERMS = ['plan', 'plan_version', 'quantities', 'overrides'] as const;
const changeRecord = recordsOf(subscriptionChanges, 'subscription_id', ...TERMS).as<
  Omit<SubscriptionChangeRecord, keyof ReturnType<typeof termsBy>>
>();

/** As they will be by then: a change that counts earlier may have been made after it. */
const termsBy = ({
  plan,
  plan_version: planVersion,
  quantities,
  overrides,
  effective_from: at,
  segments,
}: Row<typeof subscriptionChanges> & Pick<SubscriptionRow, 'segments'>): Pick<
  SubscriptionChangeRecord,
  'plan' | 'planVersion' | 'quantities' | 'overrides'
> => {
  const by = (segments as readonly Segment[]).find(({ from }) => from === at);
  const units = quantities as SubscriptionChangeRecord['quantities'];
  const agreed = overrides as SubscriptionChangeRecord['overrides'];
  return {
    plan: plan && (by?.plan ?? plan),
    planVersion: planVersion && (by?.planVersion ?? planVersion),
    quantities: units && (by?.quantities ?? units),
    overrides: agreed && (by?.overrides ?? agreed),
  };
};
