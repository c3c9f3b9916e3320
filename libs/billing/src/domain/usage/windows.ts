import {
  Decimal,
  isBefore,
  localDateOf,
  maxDecimal,
  parseInstant,
  plusDuration,
  calendarRhythm,
  startOfDay,
  turningDay,
  turnsUntil,
  type Instant,
  type LocalDate,
  type Zone,
} from '#kernel';
import type { WindowUnit } from '../catalog/meter.js';
import { aggregateValues, type ReportAggregation } from './aggregation.js';

/** A half-open stretch of time. */
export interface TimeWindow {
  readonly start: Instant;
  readonly end: Instant;
}

/** The minute or hour (of UTC), or the stretch of local days, that an instant falls in. */
export const windowContaining = (at: Instant, unit: WindowUnit, zone: Zone): TimeWindow => {
  if (unit === 'minute') {
    const start = parseInstant(`${at.slice(0, 16)}:00Z`);
    return { start, end: plusDuration(start, { seconds: 60 }) };
  }
  if (unit === 'hour') {
    const start = parseInstant(`${at.slice(0, 13)}:00:00Z`);
    return { start, end: plusDuration(start, { hours: 1 }) };
  }
  const day = localDateOf(at, zone);
  // Counted from a Monday and first of January, so that weeks begin on Mondays and months on their first.
  const rhythm = unit === 'day' ? EACH_DAY : calendar(unit);
  let turn = turnsUntil(rhythm, day) + 1;
  // A day that rules left short when they changed may be over where it begins.
  while (!isBefore(at, startOfDay(turningDay(rhythm, turn), zone))) turn += 1;
  return { start: startOfDay(turningDay(rhythm, turn - 1), zone), end: startOfDay(turningDay(rhythm, turn), zone) };
};

const EACH_DAY = calendarRhythm('2001-01-01' as LocalDate, 'day');

const calendar = (unit: 'week' | 'month') => calendarRhythm('2001-01-01' as LocalDate, unit);

/** All windows from one instant to another, empty ones too; the first and the last are cut to what was asked for. */
export const windowsBetween = ({ start, end }: TimeWindow, unit: WindowUnit, zone: Zone): TimeWindow[] => {
  const windows: TimeWindow[] = [];
  for (let from = start; isBefore(from, end); from = windows.at(-1)!.end) {
    const turn = windowContaining(from, unit, zone).end;
    windows.push({ start: from, end: isBefore(turn, end) ? turn : end });
  }
  return windows;
};

/** Windows between neighbouring days of a list, in order. */
export const windowsOfDays = (boundaries: readonly LocalDate[], zone: Zone): TimeWindow[] =>
  boundaries.slice(1).map((end, index) => ({
    start: startOfDay(boundaries[index]!, zone),
    end: startOfDay(end, zone),
  }));

/** Something measured at an instant. */
export interface Sample {
  readonly at: Instant;
  readonly value: string;
}

const within = <One extends Sample>(samples: readonly One[], { start, end }: TimeWindow): One[] =>
  samples.filter(({ at }) => !isBefore(at, start) && isBefore(at, end));

export interface UsageSeries {
  readonly perWindow: readonly Decimal[];
  /** Aggregated anew over all samples, never a sum of the windows: what is unique in two days is one. */
  readonly total: Decimal;
}

/** One aggregate per window, zero where it is empty, and that of all windows together. */
export const usageSeries = (
  aggregation: ReportAggregation,
  samples: readonly Sample[],
  windows: readonly TimeWindow[],
): UsageSeries => {
  const sampled = windows.map((window) => within(samples, window));
  const aggregate = (some: readonly Sample[]) =>
    aggregateValues(
      aggregation,
      some.map(({ value }) => value),
    );
  return { perWindow: sampled.map(aggregate), total: aggregate(sampled.flat()) };
};

/** Per window, the aggregate of every group that there is anywhere: an empty window has an explicit zero. */
export const groupedWindows = (
  aggregation: ReportAggregation,
  samples: readonly (Sample & { readonly group: string })[],
  windows: readonly TimeWindow[],
): Record<string, Decimal>[] => {
  const groups = [...Map.groupBy(samples, ({ group }) => group)];
  const series = groups.map(([group, own]) => [group, usageSeries(aggregation, own, windows).perWindow] as const);
  return windows.map((_, index) => Object.fromEntries(series.map(([group, perWindow]) => [group, perWindow[index]!])));
};

/** The largest value of each window and group, added up: what capacity peaks cost. */
export const bucketedMaximum = (
  samples: readonly (Sample & { readonly group?: string })[],
  unit: WindowUnit,
  zone: Zone,
): Decimal => {
  const maxima = new Map<string, Decimal>();
  for (const { at, value, group = '' } of samples) {
    const bucket = `${windowContaining(at, unit, zone).start} ${group}`;
    const known = maxima.get(bucket);
    const own = Decimal.parse(value);
    maxima.set(bucket, known === undefined ? own : maxDecimal(known, own));
  }
  return [...maxima.values()].reduce((total, maximum) => total.plus(maximum), Decimal.zero);
};
