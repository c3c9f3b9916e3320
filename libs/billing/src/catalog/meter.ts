import type { FilterOperator, Meter, ReadingRounding, MeterFilter } from '#contracts';
import { Decimal, DomainError, isDecimal, namesIn, parseArithmetic, type Violation } from '#kernel';

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
