import type { Meter, MeterFilter, WindowUnit } from '#billing';

/** Numbers the values of a statement as they are named. */
export class Parameters {
  readonly values: unknown[] = [];

  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

/** What the domain calls a decimal; anything else in a property is a text that has no number. */
const DECIMAL = String.raw`'^-?(0|[1-9][0-9]{0,37})(\.[0-9]{1,24})?$'`;

/** Whether a meter counts the reading `r`: the same rule as the domain's `matches`, in SQL. */
export const matchesSql = (meter: Meter, parameters: Parameters): string => {
  const conditions = [`r.event = ${parameters.add(meter.eventName, 'text')}`];
  for (const filter of meter.filters) conditions.push(passesSql(filter, parameters));
  if (meter.aggregation === 'unique_count') conditions.push(`${valueSql(meter, parameters)} IS NOT NULL`);
  else if (meter.aggregation !== 'count') conditions.push(`${valueSql(meter, parameters)} ~ ${DECIMAL}`);
  return conditions.join(' AND ');
};

const valueSql = ({ valueProperty }: Meter, parameters: Parameters): string =>
  `(r.properties ->> ${parameters.add(valueProperty, 'text')})`;

const passesSql = ({ property, operator, value }: MeterFilter, parameters: Parameters): string => {
  const actual = `(r.properties ->> ${parameters.add(property, 'text')})`;
  switch (operator) {
    case 'exists':
      return value === true ? `${actual} IS NOT NULL` : `${actual} IS NULL`;
    case 'eq':
      return `${actual} = ${parameters.add(value, 'text')}`;
    case 'ne':
      return `${actual} IS DISTINCT FROM ${parameters.add(value, 'text')}`;
    case 'in':
      return `${actual} = ANY(${parameters.add(value, 'text[]')})`;
    case 'not_in':
      return `(${actual} IS NULL OR ${actual} <> ALL(${parameters.add(value, 'text[]')}))`;
    default: {
      const comparison = { gt: '>', gte: '>=', lt: '<', lte: '<=' }[operator];
      // CASE keeps the cast away from what is not a number: AND alone promises no order.
      return `CASE WHEN ${actual} ~ ${DECIMAL} THEN ${actual}::numeric ${comparison} ${parameters.add(value, 'numeric')} ELSE false END`;
    }
  }
};

/** What is measured of readings `r`: the instant that it is measured up to, and the zone that days turn in, as SQL. */
export interface Measuring {
  readonly end: string;
  readonly timeZone: string;
}

/**
 * Number, digest and aggregate of the readings `r` that `from` finds (FROM and WHERE), by columns of theirs. Maxima of buckets are taken
 * first, and added up: in one statement, so that it does not matter how many buckets there are.
 */
export const measuredSql = (
  meter: Meter,
  { end, timeZone }: Measuring,
  { from, columns }: { readonly from: string; readonly columns: Readonly<Record<string, string>> },
  parameters: Parameters,
): string => {
  const names = Object.keys(columns).map((name) => `, ${name}`);
  const selected = Object.entries(columns).map(([name, expression]) => `, ${expression} AS ${name}`);
  const grouping = (more: readonly string[]) => {
    const all = [...Object.keys(columns), ...more];
    return all.length === 0 ? '' : `GROUP BY ${all.join(', ')}`;
  };
  const measured = `count(*) AS count, bit_xor(r.digest) AS digest, ${aggregateSql(meter, end, parameters)} AS aggregate`;
  if (meter.bucket === undefined) return `SELECT ${measured}${selected.join('')} ${from} ${grouping([])}`;
  const bucket = bucketSql(meter.bucket, timeZone);
  return `SELECT coalesce(sum(count), 0)::bigint AS count, bit_xor(digest) AS digest, coalesce(sum(aggregate), 0) AS aggregate${names.join('')}
            FROM (SELECT ${measured}${selected.join('')}, ${bucket} AS bucket ${from} ${grouping(['bucket'])}) AS buckets
           ${grouping([])}`;
};

/** The same stretches as the domain's `windowContaining`. */
const bucketSql = (bucket: WindowUnit, timeZone: string): string =>
  `date_trunc('${bucket}', r.at, ${bucket === 'minute' || bucket === 'hour' ? "'UTC'" : timeZone})`;

/** The aggregate of the readings `r` up to the instant that `end` names; zero of nothing. */
const aggregateSql = (meter: Meter, end: string, parameters: Parameters): string => {
  switch (meter.aggregation) {
    case 'count':
      return 'count(*)::numeric';
    case 'sum':
      return `coalesce(sum(${valueSql(meter, parameters)}::numeric), 0)`;
    case 'max':
      return `coalesce(max(${valueSql(meter, parameters)}::numeric), 0)`;
    case 'unique_count':
      return `count(DISTINCT ${valueSql(meter, parameters)})::numeric`;
    case 'latest':
      return `coalesce((array_agg(${valueSql(meter, parameters)} ORDER BY r.at DESC, r.revision DESC, r.ordinal DESC))[1]::numeric, 0)`;
    case 'weighted_sum':
      return `coalesce(sum(${valueSql(meter, parameters)}::numeric * (extract(epoch FROM ${end} - r.at) * 1000000)), 0)`;
  }
};
