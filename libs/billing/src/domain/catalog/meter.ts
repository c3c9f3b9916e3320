import { isDecimal, type Violation } from '#kernel';

export type Aggregation = 'count' | 'sum' | 'max' | 'unique_count' | 'latest' | 'weighted_sum';

export type FilterOperator = 'eq' | 'ne' | 'in' | 'not_in' | 'gt' | 'gte' | 'lt' | 'lte' | 'exists';

/** A condition on one property. `in` and `not_in` take a list, `exists` takes `true` or `false`, the others a text. */
export interface MeterFilter {
  readonly property: string;
  readonly operator: FilterOperator;
  readonly value: string | boolean | readonly string[];
}

export interface QuantityRounding {
  readonly mode: 'half_up' | 'up' | 'down';
  readonly digits: number;
}

/** What is counted of the readings with one event name. Evaluated when read, so it also counts what came before it. */
export interface Meter {
  readonly key: string;
  readonly name: string;
  readonly eventName: string;
  readonly aggregation: Aggregation;
  /** The property that is added up, compared or told apart; only `count` goes without. */
  readonly valueProperty?: string;
  readonly filters: readonly MeterFilter[];
  /** Properties by which usage may be broken down. */
  readonly groupBy: readonly string[];
  /** What was measured lasts until another reading changes it: it is carried into the next period. */
  readonly recurring?: boolean;
  /** Of a maximum: the largest value of each such stretch counts, and a period is the sum of them. */
  readonly bucket?: WindowUnit;
  readonly rounding?: QuantityRounding;
}

/** Minutes and hours are those of UTC; days, weeks (from Monday) and months turn at the account's midnights. */
export type WindowUnit = 'minute' | 'hour' | 'day' | 'week' | 'month';

const NUMERIC: ReadonlySet<FilterOperator> = new Set(['gt', 'gte', 'lt', 'lte']);
const LISTS: ReadonlySet<FilterOperator> = new Set(['in', 'not_in']);

export const meterViolations = (meter: Meter): Violation[] => [
  ...(meter.aggregation === 'count' || meter.valueProperty !== undefined
    ? []
    : [
        violation(
          '/valueProperty',
          'value_property_required',
          `A ${meter.aggregation} needs the property that it reads.`,
        ),
      ]),
  ...(meter.bucket === undefined || (meter.aggregation === 'max' && meter.recurring !== true)
    ? []
    : [violation('/bucket', 'bucket_not_allowed', 'Only a maximum that does not recur is taken by buckets.')]),
  ...meter.filters.flatMap((filter, index) => filterViolations(filter, `/filters/${index}/value`)),
];

const filterViolations = ({ operator, value }: MeterFilter, pointer: string): Violation[] => {
  if (operator === 'exists') {
    return typeof value === 'boolean' ? [] : [violation(pointer, 'invalid_filter', '“exists” takes true or false.')];
  }
  if (LISTS.has(operator)) {
    return Array.isArray(value) && value.length > 0
      ? []
      : [violation(pointer, 'invalid_filter', `“${operator}” takes a list of texts.`)];
  }
  if (NUMERIC.has(operator)) {
    return isDecimal(value) ? [] : [violation(pointer, 'invalid_filter', `“${operator}” takes a decimal.`)];
  }
  return typeof value === 'string' ? [] : [violation(pointer, 'invalid_filter', `“${operator}” takes a text.`)];
};

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
