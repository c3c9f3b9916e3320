import {
  Decimal,
  isBefore,
  maxDecimal,
  windowContaining,
  type Instant,
  type Zone,
  type TimeWindow,
  type WindowUnit,
} from '#kernel';
import { aggregateValues, type ReportAggregation } from './aggregation.js';

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
