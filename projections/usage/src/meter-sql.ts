import type { Meter, ReadingRounding, MeterFilter } from '#contracts';
import { parseArithmetic, QUOTIENT_DIGITS, type Arithmetic, type WindowUnit } from '#kernel';

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
  conditions.push(...valueConditions(meter, parameters));
  return conditions.join(' AND ');
};

/** That there is something to count. */
const valueConditions = (meter: Meter, parameters: Parameters): string[] => {
  if (meter.aggregation === 'count') return [];
  if (meter.aggregation === 'unique_count') return [`${valueSql(meter, parameters)} IS NOT NULL`];
  if (isComputed(meter)) return [`${numberSql(meter, parameters)} IS NOT NULL`];
  return [
    `${valueSql(meter, parameters)} ~ ${DECIMAL}`,
    // Of a decimal, the sign says it; a zero may have one.
    ...(excludesNegative(meter) ? [`${valueSql(meter, parameters)} !~ '^-.*[1-9]'`] : []),
  ];
};

const excludesNegative = ({ allowNegative, aggregation, recurring }: Meter): boolean =>
  allowNegative === false && aggregation !== 'weighted_sum' && !(aggregation === 'sum' && recurring === true);

const isComputed = ({ valueExpression, roundEach }: Meter): boolean =>
  valueExpression !== undefined || roundEach !== undefined;

/** What is counted of a reading, which has it: the same as the domain's `numberOf`. */
const numberSql = (meter: Meter, parameters: Parameters): string => {
  if (!isComputed(meter)) return `${valueSql(meter, parameters)}::numeric`;
  const own =
    meter.valueExpression === undefined
      ? propertySql(meter.valueProperty!, parameters)
      : expressionSql(meter, parameters);
  const value = excludesNegative(meter)
    ? `(SELECT CASE WHEN s.v >= 0 THEN s.v END FROM (SELECT ${own} AS v) AS s)`
    : own;
  return meter.roundEach === undefined ? value : roundedSql(value, meter.roundEach, parameters);
};

/** NULL where it is no number. CASE keeps the cast away from what is none. */
const propertySql = (name: string, parameters: Parameters): string => {
  const text = `(r.properties ->> ${parameters.add(name, 'text')})`;
  return `(CASE WHEN ${text} ~ ${DECIMAL} THEN ${text}::numeric END)`;
};

const expressionSql = ({ valueExpression }: Meter, parameters: Parameters): string => {
  const value = arithmeticSql(parseArithmetic(valueExpression!), parameters);
  // Only what a quantity can hold; zeros at the end would count as digits when the aggregate is read.
  return `(SELECT CASE WHEN abs(e.v) < 1e24 THEN trim_scale(round(e.v, ${QUOTIENT_DIGITS})) END FROM (SELECT ${value} AS v) AS e)`;
};

const arithmeticSql = (expression: Arithmetic, parameters: Parameters): string => {
  switch (expression.kind) {
    case 'number':
      return parameters.add(expression.value, 'numeric');
    case 'name':
      return propertySql(expression.name, parameters);
    case 'operation': {
      const left = arithmeticSql(expression.left, parameters);
      const right = arithmeticSql(expression.right, parameters);
      return expression.operator === '/' ? quotientSql(left, right) : `(${left} ${expression.operator} ${right})`;
    }
  }
};

/** Rounded once, half away from zero: `/` would keep as many digits as it likes, `div` is exact. */
const quotientSql = (dividend: string, divisor: string): string =>
  `(SELECT CASE WHEN q.b <> 0 THEN sign(q.a) * sign(q.b) * div(2 * 1e${QUOTIENT_DIGITS} * abs(q.a) + abs(q.b), 2 * abs(q.b)) * 1e-${QUOTIENT_DIGITS} END
      FROM (SELECT ${dividend} AS a, ${divisor} AS b) AS q)`;

const roundedSql = (value: string, { mode, step, least }: ReadingRounding, parameters: Parameters): string => {
  const size = parameters.add(step, 'numeric');
  const first = parameters.add(least ?? '0', 'numeric');
  const steps = {
    up: 'div(m.beyond, m.size) + CASE WHEN mod(m.beyond, m.size) > 0 THEN 1 ELSE 0 END',
    down: 'div(m.beyond, m.size)',
    half_up: 'div(m.beyond, m.size) + CASE WHEN 2 * mod(m.beyond, m.size) >= m.size THEN 1 ELSE 0 END',
  }[mode];
  return `(SELECT CASE WHEN m.v < 0 THEN -1 ELSE 1 END * (m.first + m.size * (${steps}))
      FROM (SELECT o.v, ${size} AS size, ${first} AS first, greatest(abs(o.v) - ${first}, 0) AS beyond
              FROM (SELECT ${value} AS v) AS o WHERE o.v IS NOT NULL) AS m)`;
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

/** What is measured of readings `r`, as SQL: the instant that it is measured up to, and where its days turn. */
export interface Measuring {
  readonly end: string;
  /** By the rules of the database, or at instants in order, as it is billed: of what was billed, days turn where they turned then. */
  readonly days: { readonly timeZone: string } | { readonly turns: string };
}

/**
 * Number, digest and aggregate of the readings `r` that `from` finds (FROM and WHERE), by columns of theirs. Maxima of buckets are taken
 * first, and added up: in one statement, so that it does not matter how many buckets there are.
 */
export const measuredSql = (
  meter: Meter,
  { end, days }: Measuring,
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
  const bucket = bucketSql(meter.bucket, days);
  return `SELECT coalesce(sum(count), 0)::bigint AS count, bit_xor(digest) AS digest, coalesce(sum(aggregate), 0) AS aggregate${names.join('')}
            FROM (SELECT ${measured}${selected.join('')}, ${bucket} AS bucket ${from} ${grouping(['bucket'])}) AS buckets
           ${grouping([])}`;
};

/** The same stretches as the domain's `windowContaining`. */
const bucketSql = (bucket: WindowUnit, days: Measuring['days']): string => {
  if (!isOfDays(bucket)) return `date_trunc('${bucket}', r.at, 'UTC')`;
  return 'turns' in days ? `width_bucket(r.at, ${days.turns})` : `date_trunc('${bucket}', r.at, ${days.timeZone})`;
};

/** Whether a window depends on where days turn. */
export const isOfDays = (window: WindowUnit): boolean => window !== 'minute' && window !== 'hour';

/** The aggregate of the readings `r` up to the instant that `end` names; zero of nothing. */
const aggregateSql = (meter: Meter, end: string, parameters: Parameters): string => {
  switch (meter.aggregation) {
    case 'count':
      return 'count(*)::numeric';
    case 'sum':
      return `coalesce(sum(${numberSql(meter, parameters)}), 0)`;
    case 'max':
      return `coalesce(max(${numberSql(meter, parameters)}), 0)`;
    case 'unique_count':
      return `count(DISTINCT ${valueSql(meter, parameters)})::numeric`;
    case 'latest':
      return `coalesce((array_agg(${numberSql(meter, parameters)} ORDER BY r.at DESC, r.revision DESC, r.ordinal DESC))[1], 0)`;
    case 'weighted_sum':
      return `coalesce(sum(${numberSql(meter, parameters)} * (extract(epoch FROM ${end} - r.at) * 1000000)), 0)`;
  }
};
