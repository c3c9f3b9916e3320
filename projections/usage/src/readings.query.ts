import { idHash, type Meter, type Reading } from '#contracts';
import type { AccountId, Instant, TenantId } from '#kernel';
import { parseInstant, refuseAt } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { behind, currentReadings, PLACE, readingNamed, type Place } from './current-readings.js';
import { matchesSql, Parameters } from './meter-sql.js';
import { readingIn, type ReadingRow } from './reading-row.js';

interface RecordedRow extends Place, ReadingRow {
  readonly account_id: AccountId;
  readonly recorded_at: Instant;
  readonly status?: RecordedReading['status'];
  readonly reason?: string | null;
}

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
    const rows = await this.database.rows<RecordedRow>(
      tenantId,
      `SELECT u.tenant_id, u.account_id, u.reading_id, u.event, u.at, u.subscription_id, u.revision, u.ordinal, u.recorded_at,
              coalesce(c.properties, u.properties) AS properties, c.reason,
              CASE WHEN c.revision IS NULL THEN 'recorded' WHEN c.properties IS NULL THEN 'retracted' ELSE 'amended' END AS status
         FROM ${readingNamed({ tenant: '$1', id: '$2', account: '$3::text', hash: '$4' })} AS u
         LEFT JOIN read.usage_corrections AS c USING (tenant_id, account_id, reading_id) LIMIT 2`,
      [tenantId, id, accountId ?? null, idHash(tenantId, id)],
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
    const after = request.after === undefined ? undefined : behind(placeOf(request.after), parameters);
    if (request.accountId) conditions.push(`r.account_id = ${parameters.add(request.accountId, 'text')}`);
    if (after) conditions.push(after.readings);
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
    const rows = await this.database.rows<RecordedRow>(
      tenantId,
      `SELECT r.* FROM ${currentReadings(after?.packs)} WHERE ${conditions.join(' AND ')}
        ORDER BY ${PLACE} LIMIT ${request.limit + 1}`,
      parameters.values,
    );
    const found = rows.slice(0, request.limit);
    const last = found.at(-1);
    return {
      rows: found.map(recordedReading),
      next: last && rows.length > request.limit ? cursorTo(last) : null,
    };
  }
}

const cursorTo = ({ account_id, from_at, event, revision, ordinal, reading_id }: Place): string =>
  Buffer.from(JSON.stringify([account_id, from_at, event, String(revision), ordinal, reading_id])).toString(
    'base64url',
  );

const placeOf = (cursor: string): Place => {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const [account_id, from_at, event, revision, ordinal, reading_id] = parts;
    if ([account_id, from_at, event, revision, reading_id].every(isText) && isPlace(ordinal)) {
      const texts = { account_id, event, reading_id } as Pick<Place, 'account_id' | 'event' | 'reading_id'>;
      return {
        ...texts,
        from_at: parseInstant(from_at as string),
        revision: BigInt.asIntN(64, BigInt(revision as string)),
        ordinal,
      };
    }
  } catch {
    // Falls through to the refusal.
  }
  return refuseAt('/after', 'invalid_cursor', 'This is not a cursor that a list gave out.', 'invalid');
};

const isPlace = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

/** That Postgres can compare with. */
const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.isWellFormed() && !value.includes('\0');

const recordedReading = (row: RecordedRow): RecordedReading => {
  const { ordinal: _, ...reading } = readingIn(row);
  return {
    ...reading,
    accountId: row.account_id,
    recordedAt: row.recorded_at,
    status: row.status ?? 'recorded',
    reason: row.reason ?? null,
  };
};
