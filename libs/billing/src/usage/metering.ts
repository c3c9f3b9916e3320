import type { Reading, QuantityRounding, Meter, MeterFilter } from '#contracts';
import {
  Decimal,
  decimalOfFraction,
  epochMicroseconds,
  fractionOf,
  hex64,
  isBefore,
  isDecimal,
  later,
  type Fraction,
} from '#kernel';
import type { LevelChange } from '#rating';
import { aggregateValues, inOrder } from './aggregation.js';
import type { Measured, MeasuredGroup, UsageDemand } from './measurement.js';
import { holdingIn } from './holding.js';
import {
  addedLevels,
  heldQuantity,
  OPERATION_PROPERTY,
  presenceLevels,
  presentValues,
  REMOVED,
  type Presence,
} from './recurring-meter.js';
import { numberOf } from './reading-value.js';
import { bucketedMaximum } from './bucketed-maximum.js';

/** A reading that counts, with its place in its stream: the later place is the later word. */
export interface CountedReading extends Reading {
  readonly revision: number;
  readonly ordinal: number;
  readonly digest: bigint;
}

/** What is a quotient is rounded here, far below any price, where the meter has no rounding of its own. */
const QUOTIENT_ROUNDING: QuantityRounding = { mode: 'half_up', digits: 12 };

/** Measures from readings in memory what billing measures in SQL: the two are held equal by tests and by `verify`. */
export const measure = (demand: UsageDemand, readings: Iterable<CountedReading>): Measured => {
  const counted = [...readings].filter((reading) => counts(reading, demand)).sort(inOrder);
  const digest = counted.reduce((total, reading) => total ^ reading.digest, 0n);
  const groupBy = demand.groupBy ?? [];
  const groups = groupBy.length === 0 ? undefined : grouped(demand, groupBy, counted);
  const quantity = groups === undefined ? quantityOf(demand, aggregate(demand, counted)) : groupTotal(groups);
  return {
    count: counted.length,
    digest: hex64(digest),
    quantity: quantity.toString(),
    ...(groups === undefined ? {} : { groups }),
    ...(demand.values === true ? { values: counted.map((reading) => valueOf(reading, demand.meter)) } : {}),
    ...(demand.levels === true ? { levels: levels(demand, counted) ?? [] } : {}),
    ...(demand.meter.allowNegative === true ? { mayBeNegative: true } : {}),
  };
};

/** What is billed of groups is billed group by group, so their quantities are what adds up. */
export const groupTotal = (groups: readonly MeasuredGroup[]): Decimal =>
  groups.reduce((total, { quantity }) => total.plus(Decimal.parse(quantity)), Decimal.zero);

/** By the values of properties, sorted by them; a property that a reading does not have is missing in its group. */
const grouped = (
  demand: UsageDemand,
  groupBy: readonly string[],
  counted: readonly CountedReading[],
): MeasuredGroup[] => {
  const groupOf = ({ properties }: Reading) => groupBy.map((name) => property(properties, name) ?? null);
  return [...Map.groupBy(counted, (reading) => JSON.stringify(groupOf(reading))).values()]
    .map((own) => ({
      group: groupNamed(groupBy, groupOf(own[0]!)),
      quantity: quantityOf(demand, aggregate(demand, own)).toString(),
    }))
    .sort(byGroup);
};

export const groupNamed = (
  groupBy: readonly string[],
  values: readonly (string | null)[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(groupBy.flatMap((name, index) => (values[index] == null ? [] : [[name, values[index]]])));

/** One order for groups, whoever made them. */
export const byGroup = (left: MeasuredGroup, right: MeasuredGroup): number =>
  JSON.stringify(left.group) < JSON.stringify(right.group) ? -1 : 1;

/** Whether a reading is one of those that the demand asks for. */
export const counts = (
  reading: Reading,
  { meter, subscriptionId, start, carriedFrom, end, gaps = [], takenByEarlier }: UsageDemand,
): boolean => {
  if (isBefore(reading.at, carriedFrom ?? start) || !isBefore(reading.at, end) || !matches(reading, meter))
    return false;
  if (gaps.some((gap) => !isBefore(reading.at, gap.start) && isBefore(reading.at, gap.end))) return false;
  if (reading.subscriptionId !== undefined) return reading.subscriptionId === subscriptionId;
  return !takenByEarlier.some(
    (other) => !isBefore(reading.at, other.start) && isBefore(reading.at, other.end) && matches(reading, other.meter),
  );
};

/** Whether a meter counts a reading: event name, filters, and a value that its aggregation can use. */
export const matches = ({ event, properties }: Reading, meter: Meter): boolean => {
  if (event !== meter.eventName || !passesFilters(properties, meter)) return false;
  if (meter.aggregation === 'count') return true;
  if (meter.aggregation === 'unique_count') return property(properties, meter.valueProperty!) !== undefined;
  return numberOf(properties, meter) !== null;
};

export const passesFilters = (properties: Reading['properties'], { filters }: Meter): boolean =>
  filters.every((filter) => passes(properties, filter));

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

/** As a text: what is told apart is no number. */
const valueOf = ({ properties }: Reading, meter: Meter): string =>
  meter.aggregation === 'unique_count' ? properties[meter.valueProperty!]! : numberOf(properties, meter)!.toString();

/** The aggregate before division and rounding: of a weighted sum, Σ value × microseconds until the end. In order. */
const aggregate = (demand: UsageDemand, readings: readonly CountedReading[]): Decimal | Fraction => {
  const { meter, start, end } = demand;
  const held = levels(demand, readings);
  if (held !== undefined) return heldQuantity(held);
  const values = () => readings.map((reading) => valueOf(reading, meter));
  switch (meter.aggregation) {
    case 'count':
      return Decimal.of(readings.length);
    case 'unique_count':
      return meter.recurring === true
        ? Decimal.of(presentValues(presences(readings, meter)))
        : aggregateValues('unique_count', values());
    case 'max':
      return meter.bucket === undefined
        ? aggregateValues('max', values())
        : bucketedMaximum(
            readings.map((reading) => ({ at: reading.at, value: valueOf(reading, meter) })),
            meter.bucket,
            demand.zone,
          );
    case 'sum':
    case 'latest':
      return aggregateValues(meter.aggregation, values());
    case 'weighted_sum':
      return readings.reduce((total, reading) => {
        const held = epochMicroseconds(end) - epochMicroseconds(later(reading.at, start));
        return total.plus(Decimal.parse(valueOf(reading, meter)).times(Decimal.of(held)));
      }, Decimal.zero);
  }
};

/** How what is held came and went, of a prorated sum or unique count; nothing else is held. In order. */
const levels = (
  { meter, prorated, ...service }: UsageDemand,
  readings: readonly CountedReading[],
): LevelChange[] | undefined => {
  if (prorated === undefined) return undefined;
  const holding = holdingIn({ ...prorated, service });
  switch (meter.aggregation) {
    case 'sum': {
      const additions = readings.map((reading) => ({ at: reading.at, value: Decimal.parse(valueOf(reading, meter)) }));
      return addedLevels(additions, { start: service.start, holding });
    }
    case 'unique_count':
      return presenceLevels(presences(readings, meter), holding);
    case 'count':
    case 'max':
    case 'latest':
    case 'weighted_sum':
      return undefined;
  }
};

const presences = (readings: readonly CountedReading[], meter: Meter): Presence[] =>
  readings.map((reading) => ({
    at: reading.at,
    value: valueOf(reading, meter),
    present: property(reading.properties, OPERATION_PROPERTY) !== REMOVED,
  }));

/** The quantity that an aggregate stands for, rounded as the meter says. */
export const quantityOf = (
  { meter, start, end }: Pick<UsageDemand, 'meter' | 'start' | 'end'>,
  raw: Decimal | Fraction,
): Decimal => {
  const { mode, digits } = meter.rounding ?? QUOTIENT_ROUNDING;
  if (!(raw instanceof Decimal)) return decimalOfFraction(raw, digits, mode);
  if (meter.aggregation === 'weighted_sum') {
    const duration = epochMicroseconds(end) - epochMicroseconds(start);
    if (duration === 0n) return Decimal.zero;
    const { numerator, denominator } = fractionOf(raw);
    return decimalOfFraction({ numerator, denominator: denominator * duration }, digits, mode);
  }
  return meter.rounding ? raw.rounded(digits, mode) : raw;
};
