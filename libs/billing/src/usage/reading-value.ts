import type { Reading, Meter, ReadingRounding } from '#contracts';
import {
  computed,
  Decimal,
  isDecimal,
  namesIn,
  parseArithmetic,
  powerOfTen,
  QUOTIENT_DIGITS,
  type Arithmetic,
} from '#kernel';
import { addsChanges, readsNumbers } from '../catalog/meter.js';

type Properties = Reading['properties'];

/** Of an expression: weighed by microseconds and added up, a quantity can still hold it. */
const MAGNITUDE = new Decimal(powerOfTen(24), 0);

/** The properties that a meter reads as numbers. */
export const numbersOf = (meter: Meter): readonly string[] => {
  if (!readsNumbers(meter)) return [];
  return meter.valueExpression === undefined ? [meter.valueProperty!] : namesIn(expressionOf(meter));
};

/** What a meter counts of a reading: one property, or several put together, rounded as each is. Null where it has nothing to count. */
export const numberOf = (properties: Properties, meter: Meter): Decimal | null => {
  const value = unroundedNumberOf(properties, meter);
  if (value === null) return null;
  if (meter.allowNegative === false && !addsChanges(meter) && value.isNegative) return null;
  return meter.roundEach === undefined ? value : roundedEach(value, meter.roundEach);
};

export const unroundedNumberOf = (properties: Properties, meter: Meter): Decimal | null => {
  if (meter.valueExpression === undefined) return decimalIn(properties, meter.valueProperty!);
  const value = computed(expressionOf(meter), (name) => decimalIn(properties, name));
  if (value === null || absolute(value).compare(MAGNITUDE) >= 0) return null;
  return value.rounded(QUOTIENT_DIGITS, 'half_up');
};

const decimalIn = (properties: Properties, name: string): Decimal | null => {
  const text = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return isDecimal(text) ? Decimal.parse(text) : null;
};

/** The least value, and from there on whole steps. What is below zero takes back what the same value above it gave. */
const roundedEach = (value: Decimal, { mode, step, least }: ReadingRounding): Decimal => {
  const size = Decimal.parse(step);
  const first = least === undefined ? Decimal.zero : Decimal.parse(least);
  const beyond = absolute(value).minus(first);
  const steps = beyond.isNegative ? 0n : beyond.dividedToInteger(size, mode);
  const rounded = first.plus(size.times(Decimal.of(steps)));
  return value.isNegative ? rounded.negated() : rounded;
};

const absolute = (value: Decimal): Decimal => (value.isNegative ? value.negated() : value);

const expressions = new WeakMap<Meter, Arithmetic>();

/** Read once for each meter: readings come by the thousand. */
const expressionOf = (meter: Meter): Arithmetic => {
  const known = expressions.get(meter);
  if (known) return known;
  const parsed = parseArithmetic(meter.valueExpression!);
  expressions.set(meter, parsed);
  return parsed;
};
