import type { Meter } from '#contracts';
import type { RawMeasurement } from '#billing/usage';
import { hex64, refuseAt, type AccountId, type Instant, type TenantId } from '#kernel';
import type { TenantTransactions } from '#postgres';
import { beginOfMonth, packsWithin, readingsKnown, type ReadingsCut } from './current-readings.js';
import { matchesSql, measuredSql, Parameters } from './meter-sql.js';

export type UsageWindow = 'hour' | 'day' | 'month';

export interface UsageReportRequest {
  readonly accountId: AccountId;
  readonly meter: Meter;
  readonly from: Instant;
  readonly to: Instant;
  readonly window?: UsageWindow;
  /** The zone that days and months turn in. */
  readonly timeZone: string;
  readonly groupBy: readonly string[];
  /** All that is known, unless less is. */
  readonly known?: ReadingsCut;
}

export interface UsageReportRow extends RawMeasurement {
  readonly start: Instant;
  readonly end: Instant;
  readonly group: Readonly<Record<string, string | null>>;
}

const ROWS_MAX = 10_000;

/** What a meter counted of one account, whole or by windows and properties. Empty windows are left out. */
export class UsageReportQuery {
  constructor(private readonly database: TenantTransactions) {}

  async rows(tenantId: TenantId, request: UsageReportRequest): Promise<UsageReportRow[]> {
    const { accountId, meter, from, to, window, timeZone, groupBy, known = {} } = request;
    const parameters = new Parameters();
    const tenant = parameters.add(tenantId, 'text');
    const account = parameters.add(accountId, 'text');
    const begin = parameters.add(from, 'timestamptz');
    const end = parameters.add(to, 'timestamptz');
    const { windowStart, windowEnd } = window
      ? turning(window, timeZone, { begin, end }, parameters)
      : { windowStart: begin, windowEnd: end };
    const groups = Object.fromEntries(
      groupBy.map((property, index) => [`g${index}`, `r.properties ->> ${parameters.add(property, 'text')}`]),
    );
    const zone = parameters.add(timeZone, 'text');
    const packs = packsWithin({ month: parameters.add(beginOfMonth(from), 'timestamptz'), from: begin, to: end });
    const source = `
        FROM (SELECT r.*, ${windowStart} AS start_at, ${windowEnd} AS end_at, ${zone} AS time_zone
                FROM ${readingsKnown(known, tenant, parameters, packs)}
               WHERE r.tenant_id = ${tenant} AND r.account_id = ${account} AND r.at >= ${begin} AND r.at < ${end}
                 AND ${matchesSql(meter, parameters)}) AS r`;
    const columns = { start_at: 'r.start_at', end_at: 'r.end_at', ...groups };
    const text = `${measuredSql(meter, { end: 'r.end_at', days: { timeZone: 'r.time_zone' } }, { from: source, columns }, parameters)}
       ORDER BY ${['start_at', ...Object.keys(groups)].join(', ')}
       LIMIT ${ROWS_MAX + 1}`;
    const rows = await this.database.rows<Record<string, unknown>>(tenantId, text, parameters.values);
    if (rows.length > ROWS_MAX)
      return refuseAt('/to', 'too_many_points', `There are at most ${ROWS_MAX} rows: ask for less time.`, 'invalid');
    return rows.map((row) => ({
      start: row['start_at'] as Instant,
      end: row['end_at'] as Instant,
      group: Object.fromEntries(groupBy.map((property, index) => [property, row[`g${index}`] as string | null])),
      count: Number(row['count']),
      digest: hex64((row['digest'] as bigint | null) ?? 0n),
      aggregate: row['aggregate'] as string,
    }));
  }
}

/** The window that a reading falls in, within what was asked for: windows turn at local midnights and hours. */
const turning = (
  window: UsageWindow,
  timeZone: string,
  { begin, end }: { readonly begin: string; readonly end: string },
  parameters: Parameters,
) => {
  const zone = parameters.add(timeZone, 'text');
  const turn = `date_trunc('${window}', r.at, ${zone})`;
  return {
    windowStart: `greatest(${turn}, ${begin})`,
    windowEnd: `least((${turn} AT TIME ZONE ${zone} + interval '1 ${window}') AT TIME ZONE ${zone}, ${end})`,
  };
};
