import type { Meter } from '#contracts';
import type { AccountId, Instant, SubscriptionId, TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { reported } from '#projection';
import { beginOfMonth, packsWithin, readingsKnown, type ReadingsCut } from './current-readings.js';
import { matchesSql, measuredSql, Parameters } from './meter-sql.js';

/** Who consumed: an account, a subscription, or whoever has the same values of properties. */
export type ConsumersBy = 'account' | 'subscription' | { readonly groups: readonly string[] };

export interface TopConsumersRequest {
  readonly meter: Meter;
  /** The plan versions that bill the meter: whose subscribers' readings it takes. */
  readonly plans: readonly { readonly plan: string; readonly version: number }[];
  readonly from: Instant;
  readonly to: Instant;
  readonly by: ConsumersBy;
  readonly accountId?: AccountId;
  readonly limit: number;
  /** The zone that buckets of groups turn in; those of accounts turn in their own. */
  readonly timeZone: string;
  readonly known: ReadingsCut;
}

export interface Consumer {
  readonly accountId: AccountId | null;
  /** Null where no subscription took the readings. */
  readonly subscriptionId: SubscriptionId | null;
  readonly group: Readonly<Record<string, string | null>>;
  readonly count: number;
  readonly aggregate: string;
}

/** Who used most of a meter, without test accounts; the most first. */
export class TopConsumersQuery {
  constructor(private readonly database: TenantTransactions) {}

  async consumers(tenantId: TenantId, request: TopConsumersRequest): Promise<Consumer[]> {
    const { meter, by, limit } = request;
    const parameters = new Parameters();
    const groups = typeof by === 'object' ? by.groups : [];
    const columns = consumerColumns(by, parameters);
    const end = parameters.add(request.to, 'timestamptz');
    const { owned, from } = sourceSql(tenantId, { ...request, end }, parameters);
    const measured = measuredSql(meter, { end, days: { timeZone: 'r.time_zone' } }, { from, columns }, parameters);
    const names = Object.keys(columns);
    const rows = await this.database.rows<Record<string, unknown>>(
      tenantId,
      `${owned} SELECT * FROM (${measured}) AS measured
        ORDER BY ${['aggregate DESC', ...names].join(', ')} LIMIT ${limit}`,
      parameters.values,
    );
    return rows.map((row) => ({
      accountId: (row['account_id'] ?? null) as AccountId | null,
      subscriptionId: (row['subscription_id'] ?? null) as SubscriptionId | null,
      group: Object.fromEntries(groups.map((property, index) => [property, row[`g${index}`] as string | null])),
      count: Number(row['count']),
      aggregate: row['aggregate'] as string,
    }));
  }
}

const consumerColumns = (by: ConsumersBy, parameters: Parameters): Readonly<Record<string, string>> => {
  if (by === 'account') return { account_id: 'r.account_id' };
  if (by === 'subscription') return { account_id: 'r.account_id', subscription_id: 'r.subscription_id' };
  return Object.fromEntries(
    by.groups.map((property, index) => [`g${index}`, `r.properties ->> ${parameters.add(property, 'text')}`]),
  );
};

/** The readings that are measured, each with its zone and, where it is asked for, the subscription that takes it. */
const sourceSql = (
  tenantId: TenantId,
  { meter, plans, from, end, by, accountId, timeZone, known }: TopConsumersRequest & { readonly end: string },
  parameters: Parameters,
): { readonly owned: string; readonly from: string } => {
  const tenant = parameters.add(tenantId, 'text');
  const begin = parameters.add(from, 'timestamptz');
  const packs = packsWithin({ month: parameters.add(beginOfMonth(from), 'timestamptz'), from: begin, to: end });
  const conditions = [
    `r.tenant_id = ${tenant}`,
    `r.at >= ${begin}`,
    `r.at < ${end}`,
    matchesSql(meter, parameters),
    ...(accountId === undefined ? [] : [`r.account_id = ${parameters.add(accountId, 'text')}`]),
  ];
  const bySubscription = by === 'subscription';
  const zone = typeof by === 'object' ? parameters.add(timeZone, 'text') : 'a.time_zone';
  return {
    owned: bySubscription ? ownedSql(tenant, plans, parameters) : '',
    from: `FROM (
      SELECT r.account_id, r.reading_id, r.event, r.at, r.properties, r.revision, r.ordinal, r.digest, ${zone} AS time_zone,
             ${bySubscription ? 'coalesce(r.subscription_id, o.subscription_id)' : 'r.subscription_id'} AS subscription_id
        FROM ${readingsKnown(known, tenant, parameters, packs)}
        JOIN ${reported('accounts')} AS a ON a.tenant_id = r.tenant_id AND a.account_id = r.account_id
        ${bySubscription ? 'LEFT JOIN owned AS o ON r.subscription_id IS NULL AND o.account_id = r.account_id AND r.at >= o.from_at AND r.at < o.to_at' : ''}
       WHERE ${conditions.join(' AND ')}) AS r`,
  };
};

/**
 * Which subscription of an account takes readings that name none, and when: of those whose plan bills the meter, the one that was created
 * first. Stretches are cut at each other's edges, so that one piece is found for a reading, however many subscriptions there are.
 */
const ownedSql = (tenant: string, plans: TopConsumersRequest['plans'], parameters: Parameters): string => {
  const keys = parameters.add(
    plans.map(({ plan, version }) => `${plan}@${version}`),
    'text[]',
  );
  return `
WITH stretches AS (
  SELECT s.account_id, s.subscription_id, s.created_position, coalesce((g ->> 'from')::timestamptz, s.activated_at) AS from_at,
         least((g ->> 'to')::timestamptz, s.ends_at, 'infinity') AS to_at
    FROM read.subscriptions AS s LEFT JOIN LATERAL jsonb_array_elements(s.segments) AS g ON true
   WHERE s.tenant_id = ${tenant} AND s.activated_at IS NOT NULL AND coalesce(g ->> 'status', 'active') <> 'paused'
     AND coalesce(g ->> 'plan', s.plan) || '@' || coalesce(g ->> 'planVersion', s.plan_version::text) = ANY(${keys})
), edges AS (
  SELECT account_id, from_at AS at FROM stretches UNION SELECT account_id, to_at FROM stretches
), pieces AS (
  SELECT account_id, at AS from_at, lead(at) OVER (PARTITION BY account_id ORDER BY at) AS to_at FROM edges
), owned AS (
  SELECT DISTINCT ON (p.account_id, p.from_at) p.account_id, p.from_at, p.to_at, s.subscription_id
    FROM pieces AS p JOIN stretches AS s ON s.account_id = p.account_id AND s.from_at <= p.from_at AND s.to_at >= p.to_at
   ORDER BY p.account_id, p.from_at, s.created_position
)`;
};
