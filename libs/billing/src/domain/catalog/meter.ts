import { Decimal, DomainError, isDecimal, namesIn, parseArithmetic, type Violation, type WindowUnit } from '#kernel';

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

/** What each reading counts: at least so much, and from there on by steps. Decimals; a step is above zero. */
export interface ReadingRounding {
  readonly mode: 'half_up' | 'up' | 'down';
  readonly step: string;
  readonly least?: string;
}

/** What is counted of the readings with one event name. Evaluated when read, so it also counts what came before it. */
export interface Meter {
  readonly key: string;
  readonly name: string;
  readonly eventName: string;
  readonly aggregation: Aggregation;
  /** The property that is added up, compared or told apart; only `count` goes without. */
  readonly valueProperty?: string;
  /** Instead of one property: several put together, as `input - cached`. */
  readonly valueExpression?: string;
  /** How each reading is rounded before it is counted; `rounding` rounds what a period comes to. */
  readonly roundEach?: ReadingRounding;
  /** Whether readings, and what they come to, may be below zero. Not told of a meter from before there was a choice. */
  readonly allowNegative?: boolean;
  readonly filters: readonly MeterFilter[];
  /** Properties by which usage may be broken down. */
  readonly groupBy: readonly string[];
  /** What was measured lasts until another reading changes it: it is carried into the next period. */
  readonly recurring?: boolean;
  /** Of a maximum: the largest value of each such stretch counts, and a period is the sum of them. */
  readonly bucket?: WindowUnit;
  readonly rounding?: QuantityRounding;
}

const NUMERIC: ReadonlySet<FilterOperator> = new Set(['gt', 'gte', 'lt', 'lte']);
const LISTS: ReadonlySet<FilterOperator> = new Set(['in', 'not_in']);

/** Whether a meter counts by what readings say in numbers. */
export const readsNumbers = ({ aggregation }: Meter): boolean =>
  aggregation !== 'count' && aggregation !== 'unique_count';

/** Whether its readings say by how much a level moves: then a number below zero is a step down, not less than nothing. */
export const addsChanges = ({ aggregation, recurring }: Meter): boolean =>
  aggregation === 'weighted_sum' || (aggregation === 'sum' && recurring === true);

export const meterViolations = (meter: Meter): Violation[] => [
  ...valueViolations(meter),
  ...(meter.roundEach === undefined ? [] : roundEachViolations(meter, meter.roundEach)),
  ...(meter.allowNegative === true && !readsNumbers(meter)
    ? [violation('/allowNegative', 'negative_not_allowed', 'What is only counted is never below zero.')]
    : []),
  ...(meter.aggregation === 'count' || meter.valueProperty !== undefined || meter.valueExpression !== undefined
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

const valueViolations = (meter: Meter): Violation[] => {
  const { valueExpression, valueProperty } = meter;
  if (valueExpression === undefined) return [];
  const at = '/valueExpression';
  if (!readsNumbers(meter))
    return [violation(at, 'value_expression_not_allowed', `A ${meter.aggregation} does not read numbers.`)];
  if (valueProperty !== undefined)
    return [violation(at, 'value_expression_not_allowed', 'A meter reads one property or an expression, not both.')];
  try {
    if (namesIn(parseArithmetic(valueExpression)).length > 0) return [];
    return [violation(at, 'invalid_expression', 'An expression names at least one property.')];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [violation(at, error.code, error.message)];
  }
};

const roundEachViolations = (meter: Meter, { step, least }: ReadingRounding): Violation[] => {
  if (!readsNumbers(meter))
    return [violation('/roundEach', 'round_each_not_allowed', `A ${meter.aggregation} does not read numbers.`)];
  return [
    ...(isDecimal(step) && Decimal.parse(step).compare(Decimal.zero) > 0
      ? []
      : [violation('/roundEach/step', 'invalid_decimal', 'A step is a plain decimal above zero.')]),
    ...(least === undefined || (isDecimal(least) && !least.startsWith('-'))
      ? []
      : [violation('/roundEach/least', 'invalid_decimal', 'The least value is a plain decimal, not below zero.')]),
  ];
};

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
