import type { Arrival, RawMeasurement, Reading, UsageDemand, UsageSnapshot } from '#billing';
import { hex64, type AccountId, type Instant, type SubscriptionId, type TenantId } from '#kernel';
import { inTransaction, type Pool, type PoolClient, type TenantTransactions } from '#postgres';
import type { Row } from '#projection';
import { aggregateSql, matchesSql, Parameters } from './meter-sql.js';
import type { usageReadings } from './usage.projection.js';

type ReadingRow = Row<typeof usageReadings>;

const READINGS_PER_PAGE = 5_000;

interface AccountDemand {
  readonly accountId: AccountId;
  readonly demand: UsageDemand;
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
        });
      },
      'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    );
  }

  /** Number and digest of each account's readings, and the last revision that they come from. */
  async summariesOf(
    tenantId: TenantId,
    accounts: readonly AccountId[],
  ): Promise<
    ReadonlyMap<AccountId, { readonly count: number; readonly digest: string; readonly lastRevision: number }>
  > {
    const rows = await this.database.rows<{ account_id: AccountId; count: bigint; digest: bigint; revision: bigint }>(
      tenantId,
      `SELECT r.account_id, count(*) AS count, bit_xor(r.digest) AS digest, c.revision
         FROM read.usage_readings AS r JOIN read.usage_cuts AS c USING (tenant_id, account_id)
        WHERE r.tenant_id = $1 AND r.account_id = ANY($2) GROUP BY r.account_id, c.revision`,
      [tenantId, accounts],
    );
    return new Map(
      rows.map(({ account_id: accountId, count, digest, revision }) => [
        accountId,
        { count: Number(count), digest: hex64(digest), lastRevision: Number(revision) },
      ]),
    );
  }

  /** Every reading of an account that counts, a page at a time. */
  async *readingsOf(
    tenantId: TenantId,
    accountId: AccountId,
  ): AsyncGenerator<Reading & { readonly revision: number; readonly ordinal: number }> {
    for (let after = ''; ;) {
      const rows = await this.database.rows<ReadingRow>(
        tenantId,
        `SELECT * FROM read.usage_readings WHERE tenant_id = $1 AND account_id = $2 AND reading_id > $3
          ORDER BY reading_id LIMIT ${READINGS_PER_PAGE}`,
        [tenantId, accountId, after],
      );
      for (const row of rows) {
        const { reading_id: id, event, at, properties, subscription_id: subscriptionId, revision, ordinal } = row;
        yield {
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
      after = rows.at(-1)!.reading_id;
    }
  }

  async recorded(
    tenantId: TenantId,
    readings: readonly { readonly accountId: AccountId; readonly id: string }[],
  ): Promise<ReadonlySet<string>> {
    const rows = await this.database.rows<{ account_id: string; reading_id: string }>(
      tenantId,
      // OFFSET 0 keeps this from becoming a join: on a table without statistics the planner would hash all of it.
      `SELECT v.account_id, v.reading_id FROM unnest($2::text[], $3::text[]) AS v(account_id, reading_id)
        WHERE EXISTS (SELECT FROM read.usage_readings AS r
                       WHERE r.tenant_id = $1 AND r.account_id = v.account_id AND r.reading_id = v.reading_id OFFSET 0)`,
      [tenantId, readings.map(({ accountId }) => accountId), readings.map(({ id }) => id)],
    );
    return new Set(rows.map(({ account_id: accountId, reading_id: id }) => `${accountId}\0${id}`));
  }
}

const cuts = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, number>> => {
  const { rows } = await client.query<{ account_id: AccountId; revision: bigint }>(
    'SELECT account_id, revision FROM read.usage_cuts WHERE tenant_id = $1 AND account_id = ANY($2)',
    [tenantId, accounts],
  );
  return new Map(rows.map(({ account_id: accountId, revision }) => [accountId, Number(revision)]));
};

const arrivals = async (
  client: PoolClient,
  tenantId: TenantId,
  accounts: readonly AccountId[],
): Promise<Map<AccountId, Arrival[]>> => {
  const { rows } = await client.query<Arrival & { account_id: AccountId }>(
    `SELECT a.account_id, a.event, a.day
       FROM read.billing_cuts AS c
       JOIN read.usage_arrivals AS a USING (tenant_id, account_id)
      WHERE c.tenant_id = $1 AND c.account_id = ANY($2) AND a.last_revision > c.cut`,
    [tenantId, accounts],
  );
  return Map.groupBy(rows, ({ account_id: accountId }) => accountId);
};

/** Demands that name the same meters share a statement: their number does not grow with that of the accounts. */
const measure = async (
  client: PoolClient,
  tenantId: TenantId,
  demands: readonly AccountDemand[],
): Promise<Map<AccountId, Map<string, RawMeasurement>>> => {
  const groups = Map.groupBy(demands, ({ demand }) => JSON.stringify([demand.meter, takingMeters(demand)]));
  const measured = new Map<AccountId, Map<string, RawMeasurement>>();
  const results = await Promise.all([...groups.values()].map((group) => measureGroup(client, tenantId, group)));
  for (const { accountId, key, ...measurement } of results.flat()) {
    let byKey = measured.get(accountId);
    if (!byKey) measured.set(accountId, (byKey = new Map<string, RawMeasurement>()));
    byKey.set(key, measurement);
  }
  return measured;
};

const takingMeters = ({ takenByEarlier }: UsageDemand) => {
  const meters = new Map(takenByEarlier.map(({ meter }) => [meter.key, meter]));
  return [...meters.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
};

const measureGroup = async (client: PoolClient, tenantId: TenantId, group: readonly AccountDemand[]) => {
  const [{ demand: first }] = group as [AccountDemand];
  const parameters = new Parameters();
  const tenant = parameters.add(tenantId, 'text');
  const columns = [
    parameters.add(
      group.map(({ accountId }) => accountId),
      'text[]',
    ),
    parameters.add(
      group.map(({ demand }) => demand.key),
      'text[]',
    ),
    parameters.add(
      group.map(({ demand }) => demand.subscriptionId),
      'text[]',
    ),
    parameters.add(
      group.map(({ demand }) => demand.start),
      'timestamptz[]',
    ),
    parameters.add(
      group.map(({ demand }) => demand.end),
      'timestamptz[]',
    ),
  ];
  const taking = takingMeters(first).map((meter, index) => {
    columns.push(
      parameters.add(
        group.map(({ demand }) => multirange(demand, meter.key)),
        'tstzmultirange[]',
      ),
    );
    // Not NOT: of a reading without the property that a filter asks for, a match is unknown, and it is not taken.
    return `(r.at <@ d.taken${index} AND ${matchesSql(meter, parameters)}) IS NOT TRUE`;
  });
  const unassigned = ['r.subscription_id IS NULL', ...taking].join(' AND ');
  const { rows } = await client.query<{
    account_id: AccountId;
    key: string;
    count: bigint;
    digest: bigint | null;
    aggregate: string;
  }>(
    `SELECT d.account_id, d.key, m.count, m.digest, m.aggregate
       FROM unnest(${columns.join(', ')})
            AS d(account_id, key, subscription_id, start_at, end_at${taking.map((_, index) => `, taken${index}`).join('')})
      -- One range of the (event, account, at) index per demand, whatever the planner knows of the table.
      CROSS JOIN LATERAL (
        SELECT count(*) AS count, bit_xor(r.digest) AS digest, ${aggregateSql(first.meter, 'd.end_at', parameters)} AS aggregate
          FROM read.usage_readings AS r
         WHERE r.tenant_id = ${tenant} AND r.account_id = d.account_id AND r.at >= d.start_at AND r.at < d.end_at
           AND ${matchesSql(first.meter, parameters)}
           AND (r.subscription_id = d.subscription_id OR (${unassigned}))) AS m`,
    parameters.values,
  );
  return rows.map(({ account_id: accountId, key, count, digest, aggregate }) => ({
    accountId,
    key,
    count: Number(count),
    digest: hex64(digest ?? 0n),
    aggregate,
  }));
};

const multirange = ({ takenByEarlier }: UsageDemand, meterKey: string): string =>
  `{${takenByEarlier
    .filter(({ meter }) => meter.key === meterKey)
    .map(({ start, end }) => `[${start},${end})`)
    .join(',')}}`;
