import { accountHash, idHash, type Reading } from '#contracts';
import type { Arrival, CorrectableReading, RecordedContent, UsageSnapshot } from '#billing/usage';
import { hex64, type AccountId, type Appended, type Instant, type SubscriptionId, type TenantId } from '#kernel';
import { inTransaction, type Pool, type PoolClient, type TenantTransactions } from '#postgres';
import { behind, currentReadings, PLACE, readingNamed, recordedReadings, type Place } from './current-readings.js';
import { demandedReadings, measure } from './measuring.js';
import { Parameters } from './meter-sql.js';

/** A reading as it counts, with its place. */
interface ReadingRow extends Place {
  readonly account_id: AccountId;
  readonly at: Instant;
  readonly subscription_id: SubscriptionId | null;
  readonly properties: Reading['properties'];
}

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
         LEFT JOIN (SELECT r.account_id, count(*) AS count, bit_xor(r.digest) AS digest FROM ${currentReadings()}
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
         FROM ${readingNamed({ tenant: '$1', id: '$2', account: '$3::text', hash: '$4' })} AS u
         LEFT JOIN read.usage_corrections AS c USING (tenant_id, account_id, reading_id) LIMIT 2`,
      [tenantId, id, accountId ?? null, idHash(tenantId, id)],
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
    for (let last: Place | undefined; ;) {
      const parameters = new Parameters();
      const own = `tenant_id = ${parameters.add(tenantId, 'text')} AND p.account_id = ANY(${parameters.add(accounts, 'text[]')})`;
      const after = last && behind(last, parameters);
      const rows: ReadingRow[] = await this.database.rows<ReadingRow>(
        tenantId,
        `SELECT ${PLACE}, r.at, r.subscription_id, r.properties
           FROM ${currentReadings(`p.${own} AND ${after?.packs ?? 'true'}`)} WHERE ${after?.readings ?? 'true'}
          ORDER BY ${PLACE} LIMIT ${READINGS_PER_PAGE}`,
        parameters.values,
      );
      for (const {
        account_id: accountId,
        reading_id: id,
        event,
        at,
        properties,
        subscription_id: subscriptionId,
        revision,
        ordinal,
      } of rows) {
        const named = subscriptionId === null ? {} : { subscriptionId };
        yield { accountId, id, event, at, properties, ...named, revision: Number(revision), ordinal };
      }
      if (rows.length < READINGS_PER_PAGE) return;
      last = rows.at(-1);
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
    const accounts = new Map<AccountId, number>();
    for (const { accountId } of readings) if (!accounts.has(accountId)) accounts.set(accountId, accountHash(accountId));
    const hits = await this.database.rows<{ place: bigint; from_at: Instant; position: bigint }>(
      tenantId,
      // Nearly all are new. OFFSET 0 keeps this from becoming a join: on a table without statistics the planner would hash all of it.
      `SELECT v.place, i.from_at, i.position FROM unnest($2::bigint[], $3::integer[]) WITH ORDINALITY AS v(id_hash, account_hash, place)
        CROSS JOIN LATERAL (SELECT u.from_at, u.position FROM read.usage_ids AS u
                             WHERE u.id_hash = v.id_hash AND u.account_hash = v.account_hash AND u.tenant_id = $1 OFFSET 0) AS i`,
      // As texts: the driver would look at each number for all that it may be.
      [
        tenantId,
        `{${readings.map(({ id }) => idHash(tenantId, id)).join(',')}}`,
        `{${readings.map(({ accountId }) => accounts.get(accountId)!).join(',')}}`,
      ],
    );
    if (hits.length === 0) return new Map();
    const hit = hits.map(({ place }) => readings[Number(place) - 1]!);
    const rows = await this.database.rows<RecordedRow>(
      tenantId,
      // Each pack is opened once, however many of its readings come again.
      `WITH hits AS (SELECT * FROM unnest($2::text[], $3::text[], $4::timestamptz[], $5::bigint[]) AS h(account_id, reading_id, from_at, position)),
            packs AS MATERIALIZED (SELECT p.* FROM (SELECT DISTINCT account_id, from_at, position FROM hits) AS h
              CROSS JOIN LATERAL (SELECT * FROM read.usage_packs AS u
                                   WHERE u.tenant_id = $1 AND u.account_id = h.account_id AND u.from_at = h.from_at AND u.position = h.position OFFSET 0) AS p)
       SELECT r.*, c.properties AS amended FROM ${recordedReadings('true', 'packs')}
         JOIN hits USING (account_id, reading_id, position)
         LEFT JOIN LATERAL (SELECT k.properties FROM read.usage_corrections AS k
                             WHERE k.tenant_id = $1 AND k.account_id = r.account_id AND k.reading_id = r.reading_id OFFSET 0) AS c ON true`,
      [
        tenantId,
        hit.map(({ accountId }) => accountId),
        hit.map(({ id }) => id),
        hits.map(({ from_at: fromAt }) => fromAt),
        hits.map(({ position }) => position),
      ],
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
  recorded: { event, at, properties, ...(subscriptionId === null ? {} : { subscriptionId }) },
  amended,
});

/** Whatever others of the stream did since. */
const cuts = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, number>> => {
  const { rows } = await client.query<{ account_id: AccountId; revision: bigint }>(
    `SELECT account_id, max(last_revision) AS revision FROM read.usage_arrivals
      WHERE tenant_id = $1 AND account_id = ANY($2) GROUP BY account_id`,
    [tenantId, accounts],
  );
  return new Map(rows.map(({ account_id: accountId, revision }) => [accountId, Number(revision)]));
};

/** What came after the cut stands in the packs of the months that something came to since, and with the corrections. */
const arrivals = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, Arrival[]>> => {
  const { rows } = await client.query<Arrival & { account_id: AccountId; last_revision: bigint }>(
    `SELECT c.account_id, a.event, a.day, max(a.revision) AS last_revision
       FROM read.billing_cuts AS c CROSS JOIN LATERAL (
         SELECT p.event, (x.at AT TIME ZONE 'UTC')::date AS day, p.revision
           FROM read.usage_arrivals AS m
           CROSS JOIN LATERAL (
             SELECT * FROM read.usage_packs AS u
              WHERE u.tenant_id = m.tenant_id AND u.account_id = m.account_id AND u.revision > c.cut
                AND u.from_at >= m.month::timestamptz AND u.from_at < (m.month + interval '1 month')::timestamptz OFFSET 0) AS p
           CROSS JOIN LATERAL unnest(p.ats) AS x(at)
          WHERE m.tenant_id = c.tenant_id AND m.account_id = c.account_id AND m.last_revision > c.cut
         UNION ALL
         SELECT h.event, h.day, h.revision FROM read.usage_correction_history AS h
          WHERE h.tenant_id = c.tenant_id AND h.account_id = c.account_id AND h.revision > c.cut) AS a
      WHERE c.tenant_id = $1 AND c.account_id = ANY($2)
      GROUP BY c.account_id, a.event, a.day`,
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
