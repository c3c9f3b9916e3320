import {
  compareInstants,
  Decimal,
  epochMicroseconds,
  hex64,
  isBefore,
  isDecimal,
  maxDecimal,
  roundedQuotient,
  powerOfTen,
} from '#kernel';
import type { Meter, MeterFilter, QuantityRounding } from '../catalog/meter.js';
import type { Measured, UsageDemand } from './measurement.js';
import type { Reading } from './usage.events.js';

/** A reading that counts, with its place in its stream: the later place is the later word. */
export interface CountedReading extends Reading {
  readonly revision: number;
  readonly ordinal: number;
  readonly digest: bigint;
}

/** A weighted sum is a quotient: without a rounding of its own it is rounded here, far below any price. */
const WEIGHTED_SUM_ROUNDING: QuantityRounding = { mode: 'half_up', digits: 12 };

/** Measures from readings in memory what billing measures in SQL: the two are held equal by tests and by `verify`. */
export const measure = (demand: UsageDemand, readings: Iterable<CountedReading>): Measured => {
  const counted = [...readings].filter((reading) => counts(reading, demand));
  const digest = counted.reduce((total, reading) => total ^ reading.digest, 0n);
  return {
    count: counted.length,
    digest: hex64(digest),
    quantity: quantityOf(demand, aggregate(demand, counted)).toString(),
  };
};

/** Whether a reading is one of those that the demand asks for. */
export const counts = (
  reading: Reading,
  { meter, subscriptionId, start, end, takenByEarlier }: UsageDemand,
): boolean => {
  if (isBefore(reading.at, start) || !isBefore(reading.at, end) || !matches(reading, meter)) return false;
  if (reading.subscriptionId !== undefined) return reading.subscriptionId === subscriptionId;
  return !takenByEarlier.some(
    (other) => !isBefore(reading.at, other.start) && isBefore(reading.at, other.end) && matches(reading, other.meter),
  );
};

/** Whether a meter counts a reading: event name, filters, and a value that its aggregation can use. */
export const matches = ({ event, properties }: Reading, meter: Meter): boolean => {
  if (event !== meter.eventName || !meter.filters.every((filter) => passes(properties, filter))) return false;
  if (meter.aggregation === 'count') return true;
  const value = property(properties, meter.valueProperty!);
  return meter.aggregation === 'unique_count' ? value !== undefined : isDecimal(value);
};

const property = (properties: Reading['properties'], name: string): string | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

const passes = (properties: Reading['properties'], { property: name, operator, value }: MeterFilter): boolean => {
  const actual = property(properties, name);
  switch (operator) {
    case 'exists':
      return (actual !== undefined) === value;
    case 'eq':
      return actual === value;
    case 'ne':
      return actual !== value;
    case 'in':
      return actual !== undefined && (value as readonly string[]).includes(actual);
    case 'not_in':
      return actual === undefined || !(value as readonly string[]).includes(actual);
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      if (!isDecimal(actual)) return false;
      const order = Decimal.parse(actual).compare(Decimal.parse(value as string));
      return { gt: order > 0, gte: order >= 0, lt: order < 0, lte: order <= 0 }[operator];
    }
  }
};

/** The aggregate before division and rounding: of a weighted sum, Σ value × microseconds until the end. */
const aggregate = ({ meter, end }: UsageDemand, readings: readonly CountedReading[]): Decimal => {
  const values = () => readings.map(({ properties }) => Decimal.parse(properties[meter.valueProperty!]!));
  switch (meter.aggregation) {
    case 'count':
      return Decimal.of(readings.length);
    case 'sum':
      return values().reduce((total, value) => total.plus(value), Decimal.zero);
    case 'max':
      return readings.length === 0 ? Decimal.zero : values().reduce(maxDecimal);
    case 'unique_count':
      return Decimal.of(new Set(readings.map(({ properties }) => properties[meter.valueProperty!])).size);
    case 'latest': {
      const latest = readings.reduce<CountedReading | undefined>(
        (last, reading) => (last && !isLater(reading, last) ? last : reading),
        undefined,
      );
      return latest ? Decimal.parse(latest.properties[meter.valueProperty!]!) : Decimal.zero;
    }
    case 'weighted_sum':
      return readings.reduce((total, { at, properties }) => {
        const held = epochMicroseconds(end) - epochMicroseconds(at);
        return total.plus(Decimal.parse(properties[meter.valueProperty!]!).times(Decimal.of(held)));
      }, Decimal.zero);
  }
};

const isLater = (left: CountedReading, right: CountedReading): boolean =>
  (compareInstants(left.at, right.at) || left.revision - right.revision || left.ordinal - right.ordinal) > 0;

/** The quantity that an aggregate stands for, rounded as the meter says. */
export const quantityOf = (
  { meter, start, end }: Pick<UsageDemand, 'meter' | 'start' | 'end'>,
  raw: Decimal,
): Decimal => {
  if (meter.aggregation === 'weighted_sum') {
    const { mode, digits } = meter.rounding ?? WEIGHTED_SUM_ROUNDING;
    const duration = epochMicroseconds(end) - epochMicroseconds(start);
    if (duration === 0n) return Decimal.zero;
    // Negative digits round to tens, hundreds, …
    const [scaledUp, scaledDown] = [powerOfTen(Math.max(digits, 0)), powerOfTen(Math.max(-digits, 0))];
    const divisor = powerOfTen(raw.scale) * duration * scaledDown;
    return new Decimal(roundedQuotient(raw.coefficient * scaledUp, divisor, mode) * scaledDown, Math.max(digits, 0));
  }
  return meter.rounding ? raw.rounded(meter.rounding.digits, meter.rounding.mode) : raw;
};
