import type { CountedReading, RawGroup, RawMeasurement, UsageDemand } from '#billing/usage';
import { earlier, hex64, later, type AccountId, type Instant, type TenantId, windowsBetween } from '#kernel';
import type { PoolClient } from '#postgres';
import { beginOfMonth, currentReadings, packsWithin, recordedReadings } from './current-readings.js';
import { isOfDays, matchesSql, measuredSql, Parameters } from './meter-sql.js';
import { readingIn, type ReadingRow } from './reading-row.js';

export interface AccountDemand {
  readonly accountId: AccountId;
  readonly demand: UsageDemand;
}

type ByAccount<Found> = Map<AccountId, Map<string, Found>>;

/** Demands that are measured by one statement, and the readings that it looks at. */
interface DemandGroup {
  readonly demands: readonly AccountDemand[];
  /** The join with corrections would cost a billing run of accounts that have none a third of its speed, to find nothing. */
  readonly readings: (packs: string) => string;
}

/** Demands that name the same meters share a statement: their number does not grow with that of the accounts. */
const groupsOf = async (
  client: PoolClient,
  tenantId: TenantId,
  demands: readonly AccountDemand[],
): Promise<DemandGroup[]> => {
  const corrected = await correctedAccounts(client, tenantId, demands);
  const groups = Map.groupBy(demands, ({ accountId, demand }) =>
    JSON.stringify([corrected.has(accountId), demand.meter, demand.groupBy ?? [], takingMeters(demand)]),
  );
  return [...groups.values()].map((own) => ({
    demands: own,
    readings: corrected.has(own[0]!.accountId) ? currentReadings : recordedReadings,
  }));
};

const correctedAccounts = async (
  client: PoolClient,
  tenantId: TenantId,
  demands: readonly AccountDemand[],
): Promise<ReadonlySet<AccountId>> => {
  if (demands.length === 0) return new Set();
  const { rows } = await client.query<{ account_id: AccountId }>(
    'SELECT DISTINCT account_id FROM read.usage_corrections WHERE tenant_id = $1 AND account_id = ANY($2)',
    [tenantId, [...new Set(demands.map(({ accountId }) => accountId))]],
  );
  return new Set(rows.map(({ account_id: accountId }) => accountId));
};

export const measure = async (
  client: PoolClient,
  tenantId: TenantId,
  demands: readonly AccountDemand[],
): Promise<ByAccount<RawMeasurement>> => {
  const measured: ByAccount<RawMeasurement> = new Map();
  const groups = await groupsOf(client, tenantId, demands);
  const results = await Promise.all(groups.map((group) => measureGroup(client, tenantId, group)));
  for (const row of results.flat()) add(measured, row);
  return measured;
};

/** The readings that demands count, for what SQL does not aggregate. */
export const demandedReadings = async (
  client: PoolClient,
  tenantId: TenantId,
  demands: readonly AccountDemand[],
): Promise<ByAccount<CountedReading[]>> => {
  const found: ByAccount<CountedReading[]> = new Map();
  const groups = await groupsOf(client, tenantId, demands);
  const results = await Promise.all(groups.map((group) => readingsOfGroup(client, tenantId, group)));
  for (const { account_id: accountId, key, ...row } of results.flat()) {
    const byKey = found.get(accountId) ?? new Map<string, CountedReading[]>();
    found.set(accountId, byKey);
    byKey.set(key, [...(byKey.get(key) ?? []), countedIn(row)]);
  }
  return found;
};

interface MeasuredRow {
  readonly account_id: AccountId;
  readonly key: string;
  readonly count: bigint;
  readonly digest: bigint | null;
  readonly aggregate: string;
  readonly [group: `g${number}`]: string | null;
}

/** Of a demand without groups there is one row; of one with groups a row for each, or one that counted nothing. */
const add = (measured: ByAccount<RawMeasurement>, row: MeasuredRow & { readonly grouped: number }): void => {
  const byKey = measured.get(row.account_id) ?? new Map<string, RawMeasurement>();
  measured.set(row.account_id, byKey);
  const known = byKey.get(row.key);
  const digest = BigInt(`0x${known?.digest ?? '0'}`) ^ BigInt.asUintN(64, row.digest ?? 0n);
  const count = Number(row.count);
  const groups: RawGroup[] = count === 0 ? [] : [{ values: groupValues(row), aggregate: row.aggregate }];
  byKey.set(row.key, {
    count: (known?.count ?? 0) + count,
    digest: hex64(digest),
    aggregate: row.aggregate,
    ...(row.grouped === 0 ? {} : { groups: [...(known?.groups ?? []), ...groups] }),
  });
};

const groupValues = ({ grouped, ...row }: MeasuredRow & { readonly grouped: number }): (string | null)[] =>
  Array.from({ length: grouped }, (_, index) => row[`g${index}`] ?? null);

const measureGroup = async (client: PoolClient, tenantId: TenantId, { demands: group, readings }: DemandGroup) => {
  const parameters = new Parameters();
  const [{ demand: first }] = group as [AccountDemand];
  const groupBy = first.groupBy ?? [];
  const columns = Object.fromEntries(
    groupBy.map((property, index) => [`g${index}`, `r.properties ->> ${parameters.add(property, 'text')}`]),
  );
  const { demanded, packs, counted } = demandSql(tenantId, group, parameters);
  const from = `FROM ${readings(packs)} WHERE ${counted}`;
  const { rows } = await client.query<MeasuredRow>(
    `SELECT d.account_id, d.key, coalesce(m.count, 0) AS count, m.digest, coalesce(m.aggregate, 0) AS aggregate
            ${Object.keys(columns)
              .map((name) => `, m.${name}`)
              .join('')}
       FROM ${demanded}
      -- One range of the index of packs per demand, whatever the planner knows of the table.
      LEFT JOIN LATERAL (
        ${measuredSql(first.meter, { end: 'd.end_at', days: { turns: 'd.turns::timestamptz[]' } }, { from, columns }, parameters)}) AS m ON true`,
    parameters.values,
  );
  return rows.map((row) => ({ ...row, grouped: groupBy.length }));
};

interface CountedRow extends ReadingRow {
  readonly digest: bigint;
}

const readingsOfGroup = async (client: PoolClient, tenantId: TenantId, { demands: group, readings }: DemandGroup) => {
  const parameters = new Parameters();
  const { demanded, packs, counted } = demandSql(tenantId, group, parameters);
  const { rows } = await client.query<CountedRow & { readonly account_id: AccountId; readonly key: string }>(
    `SELECT d.account_id, d.key, m.*
       FROM ${demanded}
      CROSS JOIN LATERAL (
        SELECT r.reading_id, r.event, r.at, r.properties, r.subscription_id, r.revision, r.ordinal, r.digest
          FROM ${readings(packs)} WHERE ${counted}) AS m`,
    parameters.values,
  );
  return rows;
};

const countedIn = (row: CountedRow): CountedReading => ({
  ...readingIn(row),
  digest: BigInt.asUintN(64, row.digest),
});

/** The demands as rows named `d`, and which packs `p` and readings `r` each of them counts. */
const demandSql = (tenantId: TenantId, group: readonly AccountDemand[], parameters: Parameters) => {
  const [{ demand: first }] = group as [AccountDemand];
  const column = (of: (demand: UsageDemand, account: AccountId) => unknown, type: string): string =>
    parameters.add(
      group.map(({ accountId, demand }) => of(demand, accountId)),
      type,
    );
  const tenant = parameters.add(tenantId, 'text');
  const columns = [
    column((_, accountId) => accountId, 'text[]'),
    column(({ key }) => key, 'text[]'),
    column(({ subscriptionId }) => subscriptionId, 'text[]'),
    column(startOf, 'timestamptz[]'),
    column(({ end }) => end, 'timestamptz[]'),
    column(turnsOf, 'text[]'),
    column((demand) => beginOfMonth(startOf(demand)), 'timestamptz[]'),
  ];
  const taking = takingMeters(first).map((meter, index) => {
    columns.push(column((demand) => multirange(demand, meter.key), 'tstzmultirange[]'));
    // Not NOT: of a reading without the property that a filter asks for, a match is unknown, and it is not taken.
    return `(r.at <@ d.taken${index} AND ${matchesSql(meter, parameters)}) IS NOT TRUE`;
  });
  const gaps = group.some(({ demand }) => demand.gaps !== undefined);
  if (gaps) columns.push(column(({ gaps: stretches = [] }) => multirangeOf(stretches), 'tstzmultirange[]'));
  const unassigned = ['r.subscription_id IS NULL', ...taking].join(' AND ');
  return {
    demanded: `unnest(${columns.join(', ')})
            AS d(account_id, key, subscription_id, start_at, end_at, turns, month_at${taking.map((_, index) => `, taken${index}`).join('')}${gaps ? ', gaps' : ''})`,
    packs: `${packsWithin({ month: 'd.month_at', from: 'd.start_at', to: 'd.end_at' })} AND ${monthsOfAll(group, parameters)}`,
    counted: `r.tenant_id = ${tenant} AND r.account_id = d.account_id AND r.at >= d.start_at AND r.at < d.end_at
           AND ${matchesSql(first.meter, parameters)}${gaps ? ' AND NOT r.at <@ d.gaps' : ''}
           AND (r.subscription_id = d.subscription_id OR (${unassigned}))`,
  };
};

const startOf = ({ start, carriedFrom }: UsageDemand): Instant => carriedFrom ?? start;

/** Known before the statement is planned, so that other months are not even looked at. */
const monthsOfAll = (group: readonly AccountDemand[], parameters: Parameters): string => {
  const first = group.map(({ demand }) => startOf(demand)).reduce(earlier);
  const end = group.map(({ demand }) => demand.end).reduce(later);
  return `p.from_at >= ${parameters.add(beginOfMonth(first), 'timestamptz')} AND p.from_at < ${parameters.add(end, 'timestamptz')}`;
};

/** Where the windows of its buckets begin: an array in an array is no column. */
const turnsOf = ({ meter: { bucket }, start, end, zone }: UsageDemand): string =>
  bucket === undefined || !isOfDays(bucket)
    ? '{}'
    : `{${windowsBetween({ start, end }, bucket, zone)
        .map((window) => window.start)
        .join(',')}}`;

const takingMeters = ({ takenByEarlier }: UsageDemand) => {
  const meters = new Map(takenByEarlier.map(({ meter }) => [meter.key, meter]));
  return [...meters.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
};

const multirange = ({ takenByEarlier }: UsageDemand, meterKey: string): string =>
  multirangeOf(takenByEarlier.filter(({ meter }) => meter.key === meterKey));

const multirangeOf = (stretches: readonly { readonly start: Instant; readonly end: Instant }[]): string =>
  `{${stretches.map(({ start, end }) => `[${start},${end})`).join(',')}}`;
