import type { Reading } from '#contracts';
import type { Arrival, CorrectableReading, RecordedContent, UsageSnapshot } from '#billing/usage';
import { hex64, type AccountId, type Appended, type Instant, type SubscriptionId, type TenantId } from '#kernel';
import { inTransaction, type Pool, type PoolClient, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import { CURRENT_READINGS } from './current-readings.js';
import { demandedReadings, measure } from './measuring.js';
import type { usageReadings } from './usage.projection.js';

type ReadingRow = Row<typeof usageReadings>;

const READINGS_PER_PAGE = 5_000;

interface CorrectableRow {
  readonly account_id: AccountId;
  readonly event: string;
  readonly at: Instant;
  readonly subscription_id: SubscriptionId | null;
  readonly revision: bigint;
  readonly ordinal: number;
  readonly retracted: boolean;
}

/** Usage as the read model counts it, for billing and for the door that records it. */
export class UsageReadingsQuery {
  constructor(
    private readonly database: TenantTransactions,
    private readonly pool: Pool,
  ) {}

  inSnapshot<Result>(tenantId: TenantId, work: (snapshot: UsageSnapshot) => Promise<Result>): Promise<Result> {
    return inTransaction(
      this.pool,
      async (client) => {
        await client.query("SELECT set_config('app.tenant', $1, true)", [tenantId]);
        return work({
          cuts: (accounts) => cuts(client, tenantId, accounts),
          arrivals: (accounts) => arrivals(client, tenantId, accounts),
          measure: (demands) => measure(client, tenantId, demands),
          readings: (demands) => demandedReadings(client, tenantId, demands),
        });
      },
      'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    );
  }

  /** Number and digest of each account's readings, and the last revision that has something of it. */
  async summariesOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<
    ReadonlyMap<AccountId, { readonly count: number; readonly digest: string; readonly lastRevision: number }>
  > {
    const rows = await this.database.rows<{ account_id: AccountId; count: bigint; digest: bigint; revision: bigint }>(
      tenantId,
      // Whose readings are all retracted has none that count, and still a last revision.
      `SELECT a.account_id, a.revision, coalesce(s.count, 0) AS count, coalesce(s.digest, 0) AS digest
         FROM (SELECT account_id, max(last_revision) AS revision FROM read.usage_arrivals
                WHERE tenant_id = $1 AND account_id = ANY($2) GROUP BY account_id) AS a
         LEFT JOIN (SELECT r.account_id, count(*) AS count, bit_xor(r.digest) AS digest FROM ${CURRENT_READINGS}
                     WHERE r.tenant_id = $1 AND r.account_id = ANY($2) GROUP BY r.account_id) AS s USING (account_id)`,
      [tenantId, accounts],
    );
    return new Map(
      rows.map(({ account_id: accountId, count, digest, revision }) => [
        accountId,
        { count: Number(count), digest: hex64(digest), lastRevision: Number(revision) },
      ]),
    );
  }

  async find(tenantId: TenantId, id: string, accountId?: AccountId): Promise<CorrectableReading[]> {
    const rows = await this.database.rows<CorrectableRow>(
      tenantId,
      // Ids are unique per account: without one, two rows are enough to know that there are several.
      `SELECT u.account_id, u.event, u.at, u.subscription_id, u.revision, u.ordinal,
              c.revision IS NOT NULL AND c.properties IS NULL AS retracted
         FROM read.usage_readings AS u LEFT JOIN read.usage_corrections AS c USING (tenant_id, account_id, reading_id)
        WHERE u.tenant_id = $1 AND u.reading_id = $2 AND ($3::text IS NULL OR u.account_id = $3) LIMIT 2`,
      [tenantId, id, accountId ?? null],
    );
    return rows.map((row) => ({
      accountId: row.account_id,
      reading: {
        id,
        event: row.event,
        at: row.at,
        ...(row.subscription_id === null ? {} : { subscriptionId: row.subscription_id }),
        revision: Number(row.revision),
        ordinal: row.ordinal,
      },
      retracted: row.retracted,
    }));
  }

  /** Every reading of some accounts that counts, a page at a time. */
  async *readingsOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): AsyncGenerator<Reading & { readonly accountId: AccountId; readonly revision: number; readonly ordinal: number }> {
    for (let after: readonly [string, string] = ['', '']; ;) {
      const rows = await this.database.rows<ReadingRow>(
        tenantId,
        `SELECT r.* FROM ${CURRENT_READINGS}
          WHERE r.tenant_id = $1 AND r.account_id = ANY($2) AND (r.account_id, r.reading_id) > ($3, $4)
          ORDER BY r.account_id, r.reading_id LIMIT ${READINGS_PER_PAGE}`,
        [tenantId, accounts, ...after],
      );
      for (const row of rows) {
        const { reading_id: id, event, at, properties, subscription_id: subscriptionId, revision, ordinal } = row;
        yield {
          accountId: row.account_id as AccountId,
          id,
          event,
          at: at as Instant,
          properties: properties as Reading['properties'],
          ...(subscriptionId === null ? {} : { subscriptionId: subscriptionId as SubscriptionId }),
          revision: Number(revision),
          ordinal,
        };
      }
      if (rows.length < READINGS_PER_PAGE) return;
      const last = rows.at(-1)!;
      after = [last.account_id, last.reading_id];
    }
  }

  async corrected(tenantId: TenantId, commandId: string): Promise<Appended | undefined> {
    const [row] = await this.database.rows<{ revision: bigint; position: bigint }>(
      tenantId,
      'SELECT revision, position FROM read.usage_correction_history WHERE tenant_id = $1 AND command_id = $2',
      [tenantId, commandId],
    );
    return row && { revision: Number(row.revision), position: row.position };
  }

  async recorded(
    tenantId: TenantId,
    readings: readonly { readonly accountId: AccountId; readonly id: string }[],
  ): Promise<ReadonlyMap<string, RecordedContent>> {
    const rows = await this.database.rows<RecordedRow>(
      tenantId,
      // OFFSET 0 keeps this from becoming a join: on a table without statistics the planner would hash all of it.
      `SELECT r.*, c.properties AS amended FROM unnest($2::text[], $3::text[]) AS v(account_id, reading_id)
        CROSS JOIN LATERAL (SELECT u.account_id, u.reading_id, u.event, u.at, u.subscription_id, u.properties
                              FROM read.usage_readings AS u
                             WHERE u.tenant_id = $1 AND u.account_id = v.account_id AND u.reading_id = v.reading_id OFFSET 0) AS r
         LEFT JOIN LATERAL (SELECT k.properties FROM read.usage_corrections AS k
                             WHERE k.tenant_id = $1 AND k.account_id = r.account_id AND k.reading_id = r.reading_id OFFSET 0) AS c ON true`,
      [tenantId, readings.map(({ accountId }) => accountId), readings.map(({ id }) => id)],
    );
    return new Map(rows.map((row) => [`${row.account_id}\0${row.reading_id}`, recordedContent(row)]));
  }
}

type RecordedRow = Pick<ReadingRow, 'account_id' | 'reading_id' | 'event' | 'at' | 'subscription_id' | 'properties'> & {
  readonly amended: Reading['properties'] | null;
};

const recordedContent = ({
  event,
  at,
  subscription_id: subscriptionId,
  properties,
  amended,
}: RecordedRow): RecordedContent => ({
  recorded: {
    event,
    at: at as Instant,
    properties: properties as Reading['properties'],
    ...(subscriptionId === null ? {} : { subscriptionId: subscriptionId as SubscriptionId }),
  },
  amended,
});

/** The end of the index on account and revision, whatever others of the stream did since. */
const cuts = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, number>> => {
  const { rows } = await client.query<{ account_id: AccountId; revision: bigint }>(
    `SELECT v.account_id, a.last_revision AS revision FROM unnest($2::text[]) AS v(account_id)
      CROSS JOIN LATERAL (SELECT u.last_revision FROM read.usage_arrivals AS u
                           WHERE u.tenant_id = $1 AND u.account_id = v.account_id ORDER BY u.last_revision DESC LIMIT 1) AS a`,
    [tenantId, accounts],
  );
  return new Map(rows.map(({ account_id: accountId, revision }) => [accountId, Number(revision)]));
};

const arrivals = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, Arrival[]>> => {
  const { rows } = await client.query<Arrival & { account_id: AccountId; last_revision: bigint }>(
    `SELECT a.account_id, a.event, a.day, a.last_revision
       FROM read.billing_cuts AS c
       JOIN read.usage_arrivals AS a USING (tenant_id, account_id)
      WHERE c.tenant_id = $1 AND c.account_id = ANY($2) AND a.last_revision > c.cut`,
    [tenantId, accounts],
  );
  const byAccount = Map.groupBy(rows, ({ account_id: accountId }) => accountId);
  return new Map(
    [...byAccount].map(([accountId, own]) => [
      accountId,
      own.map(({ event, day, last_revision: revision }) => ({ event, day, revision: Number(revision) })),
    ]),
  );
};
