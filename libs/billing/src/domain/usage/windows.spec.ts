import { at } from '#testing';
import { parseLocalDate, windowContaining, windowsBetween, windowsOfDays } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { aggregateGroups, aggregateValues, firstOfEachId, type ReportAggregation } from './aggregation.js';
import { bucketedMaximum, groupedWindows, usageSeries } from './windows.js';

const sample = (instant: string, value: string, group = 'a') => ({ at: at(instant), value, group });
const BERLIN = 'Europe/Berlin';

describe('windows', () => {
  it.each([
    ['minute', '2026-03-29T23:59:59.5Z', '2026-03-29T23:59:00Z', '2026-03-30T00:00:00Z'],
    ['hour', '2026-03-29T23:59:59Z', '2026-03-29T23:00:00Z', '2026-03-30T00:00:00Z'],
    ['day', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['week', '2026-03-29T12:00:00Z', '2026-03-22T23:00:00Z', '2026-03-29T22:00:00Z'],
    ['month', '2026-03-29T12:00:00Z', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
  ] as const)('of a %s turn in the zone, across a change of the clock', (unit, instant, start, end) => {
    expect(windowContaining(at(instant), unit, BERLIN)).toEqual({ start, end });
  });

  it('cover a stretch without a gap, cut to it', () => {
    const windows = windowsBetween(
      { start: at('2026-01-01T12:00:00Z'), end: at('2026-01-03T06:00:00Z') },
      'day',
      'UTC',
    );
    expect(windows.map(({ start, end }) => `${start} ${end}`)).toEqual([
      '2026-01-01T12:00:00Z 2026-01-02T00:00:00Z',
      '2026-01-02T00:00:00Z 2026-01-03T00:00:00Z',
      '2026-01-03T00:00:00Z 2026-01-03T06:00:00Z',
    ]);
  });
});

describe('a series', () => {
  const samples = [
    sample('2026-01-01T00:00:00Z', '5'),
    sample('2026-01-01T10:00:00Z', '1'),
    sample('2026-01-03T00:00:00Z', '5', 'b'),
  ];
  const windows = windowsOfDays(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'].map(parseLocalDate), 'UTC');

  it.each<[ReportAggregation, string[], string]>([
    ['sum', ['6', '0', '5'], '11'],
    ['count', ['2', '0', '1'], '3'],
    ['min', ['1', '0', '5'], '1'],
    ['max', ['5', '0', '5'], '5'],
    ['avg', ['3', '0', '5'], '3.666666666667'],
    ['unique_count', ['2', '0', '1'], '2'],
    ['latest', ['1', '0', '5'], '5'],
  ])('by %s has an aggregate per window, and a total over all samples', (aggregation, perWindow, total) => {
    const series = usageSeries(aggregation, samples, windows);
    expect([series.perWindow.map(String), series.total.toString()]).toEqual([perWindow, total]);
  });

  it('by groups tells explicit zeros', () => {
    const rows = groupedWindows('sum', samples, windows);
    expect(rows.map(({ a, b }) => [String(a), String(b)])).toEqual([
      ['6', '0'],
      ['0', '0'],
      ['0', '5'],
    ]);
  });

  it('of maxima adds up the peaks of windows and groups', () => {
    expect(bucketedMaximum(samples, 'day', 'UTC').toString()).toBe('10');
    expect(bucketedMaximum([...samples, sample('2026-01-01T01:00:00Z', '9', 'c')], 'day', 'UTC').toString()).toBe('19');
  });
});

describe('values', () => {
  it('are aggregated by groups, and again', () => {
    expect(aggregateGroups('max', 'sum', [['20', '10'], ['10', '0'], []]).toString()).toBe('30');
  });

  it('of none are zero', () => {
    for (const aggregation of ['sum', 'count', 'min', 'max', 'avg', 'latest', 'unique_count'] as const)
      expect(aggregateValues(aggregation, []).isZero).toBe(true);
  });

  it('of one id are the first', () => {
    const readings = [
      { id: 'a', value: 1 },
      { id: 'b', value: 2 },
      { id: 'a', value: 3 },
    ];
    expect(firstOfEachId(readings).map(({ value }) => value)).toEqual([1, 2]);
  });
});
