import type { Reading, Meter } from '#contracts';
import type { AccountId, Instant, SubscriptionId, TenantId } from '#kernel';
import { refuseAt } from '#kernel';
import type { TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import { CURRENT_READINGS } from './current-readings.js';
import { matchesSql, Parameters } from './meter-sql.js';
import type { usageReadings } from './usage.projection.js';

type ReadingRow = Row<typeof usageReadings> & {
  readonly status?: RecordedReading['status'];
  readonly reason?: string | null;
};

export interface RecordedReading extends Reading {
  readonly accountId: AccountId;
  readonly recordedAt: Instant;
  readonly revision: number;
  readonly status: 'recorded' | 'amended' | 'retracted';
  /** Why it was amended or retracted. */
  readonly reason: string | null;
}

/** A plan version that bills a meter: whose subscribers' readings it takes. */
export interface MeteredPlan {
  readonly meter: Meter;
  readonly plans: readonly { readonly plan: string; readonly version: number }[];
}

export interface ReadingsPage {
  readonly rows: readonly RecordedReading[];
  readonly next: string | null;
}

export class ReadingsQuery {
  constructor(private readonly database: TenantTransactions) {}

  /** Ids are unique per account, so without one there may be several. */
  async find(tenantId: TenantId, id: string, accountId?: AccountId): Promise<RecordedReading[]> {
    const rows = await this.database.rows<ReadingRow>(
      tenantId,
      `SELECT u.tenant_id, u.account_id, u.reading_id, u.event, u.at, u.subscription_id, u.revision, u.ordinal, u.recorded_at,
              coalesce(c.properties, u.properties) AS properties, c.reason,
              CASE WHEN c.revision IS NULL THEN 'recorded' WHEN c.properties IS NULL THEN 'retracted' ELSE 'amended' END AS status
         FROM read.usage_readings AS u LEFT JOIN read.usage_corrections AS c USING (tenant_id, account_id, reading_id)
        WHERE u.tenant_id = $1 AND u.reading_id = $2 AND ($3::text IS NULL OR u.account_id = $3) LIMIT 2`,
      [tenantId, id, accountId ?? null],
    );
    return rows.map(recordedReading);
  }

  /** Readings that no charge of any subscription takes at their instant, by account and time. */
  async unbilled(
    tenantId: TenantId,
    metered: readonly MeteredPlan[],
    request: { readonly accountId?: AccountId; readonly limit: number; readonly after?: string },
  ): Promise<ReadingsPage> {
    const parameters = new Parameters();
    const tenant = parameters.add(tenantId, 'text');
    const conditions = [`r.tenant_id = ${tenant}`];
    if (request.accountId) conditions.push(`r.account_id = ${parameters.add(request.accountId, 'text')}`);
    if (request.after !== undefined) {
      const [account, id] = cursorParts(request.after);
      conditions.push(
        `(r.account_id, r.reading_id) > (${parameters.add(account, 'text')}, ${parameters.add(id, 'text')})`,
      );
    }
    for (const { meter, plans } of metered) {
      const keys = parameters.add(
        plans.map(({ plan, version }) => `${plan}@${version}`),
        'text[]',
      );
      conditions.push(`(${matchesSql(meter, parameters)} AND EXISTS (
        SELECT FROM read.subscriptions AS s
         WHERE s.tenant_id = r.tenant_id AND s.account_id = r.account_id AND s.plan || '@' || s.plan_version = ANY(${keys})
           AND (r.subscription_id IS NULL OR s.subscription_id = r.subscription_id)
           AND s.activated_at <= r.at AND (s.ends_at IS NULL OR s.ends_at > r.at))) IS NOT TRUE`);
    }
    const rows = await this.database.rows<ReadingRow>(
      tenantId,
      `SELECT r.* FROM ${CURRENT_READINGS} WHERE ${conditions.join(' AND ')}
        ORDER BY r.account_id, r.reading_id LIMIT ${request.limit + 1}`,
      parameters.values,
    );
    const found = rows.slice(0, request.limit);
    const last = found.at(-1);
    return {
      rows: found.map(recordedReading),
      next:
        last && rows.length > request.limit
          ? Buffer.from(JSON.stringify([last.account_id, last.reading_id])).toString('base64url')
          : null,
    };
  }
}

const cursorParts = (cursor: string): readonly [string, string] => {
  try {
    const [account, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    if (isText(account) && isText(id)) return [account, id];
  } catch {
    // Falls through to the refusal.
  }
  return refuseAt('/after', 'invalid_cursor', 'This is not a cursor that a list gave out.', 'invalid');
};

/** That Postgres can compare with. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.isWellFormed() && !value.includes('\0');

const recordedReading = (row: ReadingRow): RecordedReading => ({
  id: row.reading_id,
  event: row.event,
  at: row.at as Instant,
  properties: row.properties as Reading['properties'],
  ...(row.subscription_id === null ? {} : { subscriptionId: row.subscription_id as SubscriptionId }),
  accountId: row.account_id as AccountId,
  recordedAt: row.recorded_at as Instant,
  revision: Number(row.revision),
  status: row.status ?? 'recorded',
  reason: row.reason ?? null,
});
