import { plusDuration } from '#kernel';
import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deferredAtEndOf, revenueSchedule, type Earning, type RecognitionMethod } from './revenue-schedule.js';

fc.configureGlobal({ seed: 10 });

const METHODS: readonly RecognitionMethod[] = ['by_day', 'by_time', 'even_months', 'even_months_prorated_ends'];
const earning = (amount: bigint, start: string, end: string, timeZone = 'UTC'): Earning => ({
  amount,
  start: at(start),
  end: at(end),
  timeZone,
});
const months = (schedule: ReadonlyMap<string, bigint>) => Object.fromEntries(schedule);

describe('a revenue schedule', () => {
  const stretch = earning(12_000n, '2024-06-15T12:00:00Z', '2024-10-13T12:00:00Z');

  it.each<[RecognitionMethod, Record<string, bigint>]>([
    ['by_day', { '2024-06': 1_600n, '2024-07': 3_100n, '2024-08': 3_100n, '2024-09': 3_000n, '2024-10': 1_200n }],
    ['by_time', { '2024-06': 1_550n, '2024-07': 3_100n, '2024-08': 3_100n, '2024-09': 3_000n, '2024-10': 1_250n }],
    ['even_months', { '2024-06': 3_000n, '2024-07': 3_000n, '2024-08': 3_000n, '2024-09': 3_000n }],
    [
      'even_months_prorated_ends',
      { '2024-06': 1_550n, '2024-07': 3_066n, '2024-08': 3_066n, '2024-09': 3_068n, '2024-10': 1_250n },
    ],
  ])('%s', (method, expected) => {
    expect(months(revenueSchedule(stretch, method))).toEqual(expected);
  });

  it('loses no unit to rounding', () => {
    const quarter = earning(10_000n, '2025-01-01T00:00:00Z', '2025-04-01T00:00:00Z');
    expect(months(revenueSchedule(quarter, 'by_day'))).toEqual({
      '2025-01': 3_445n,
      '2025-02': 3_111n,
      '2025-03': 3_444n,
    });
    expect(months(revenueSchedule(quarter, 'even_months'))).toEqual({
      '2025-01': 3_333n,
      '2025-02': 3_333n,
      '2025-03': 3_334n,
    });
  });

  it('turns months where the books do', () => {
    const schedule = revenueSchedule(
      earning(300n, '2025-01-30T23:00:00Z', '2025-02-02T23:00:00Z', 'Europe/Berlin'),
      'by_day',
    );
    expect(months(schedule)).toEqual({ '2025-01': 100n, '2025-02': 200n });
  });

  it('says what is not yet earned', () => {
    const year = earning(36_500n, '2019-01-01T00:00:00Z', '2020-01-01T00:00:00Z');
    const schedule = revenueSchedule(year, 'by_day');
    expect(['2018-12', '2019-01', '2019-03', '2019-12'].map((month) => deferredAtEndOf(year, schedule, month))).toEqual(
      [36_500n, 33_400n, 27_500n, 0n],
    );
  });

  it('earns at once what has no length', () => {
    const instant = earning(500n, '2025-01-10T00:00:00Z', '2025-01-10T00:00:00Z');
    for (const method of METHODS) expect(months(revenueSchedule(instant, method))).toEqual({ '2025-01': 500n });
  });

  it('sums to the amount, for any period and method', () => {
    const seconds = fc.integer({ min: 1, max: 3 * 366 * 86_400 });
    const start = fc
      .integer({ min: 0, max: 4 * 366 * 86_400 })
      .map((later) => plusDuration(at('2022-01-01T00:00:00Z'), { seconds: later }));
    fc.assert(
      fc.property(
        fc.bigInt({ min: -100_000n, max: 1_000_000n }),
        start,
        seconds,
        fc.constantFrom(...METHODS),
        (amount, from, length, method) => {
          const end = plusDuration(from, { seconds: length });
          const schedule = revenueSchedule({ amount, start: from, end, timeZone: 'America/New_York' }, method);
          expect([...schedule.values()].reduce((total, part) => total + part, 0n)).toBe(amount);
        },
      ),
    );
  });
});
