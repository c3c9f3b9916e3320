import type { Service } from '#contracts';
import { localDateOf } from '#kernel';
import { at } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { scheduleOf, type EarnedBy } from './service-schedule.js';

const served = (start: string, end: string, timeZone = 'UTC'): Service => ({
  start: at(start),
  end: at(end),
  localStart: localDateOf(at(start), timeZone),
  localEnd: localDateOf(at(end), timeZone),
  timeZone,
});
const scheduled = (
  net: bigint,
  service: Service,
  earnedBy: EarnedBy = 'time',
  gaps?: { start: string; end: string }[],
) =>
  Object.fromEntries(
    scheduleOf({ net, service, earnedBy, gaps: gaps?.map(({ start, end }) => ({ start: at(start), end: at(end) })) }),
  );

describe('a service', () => {
  const period = served('2026-01-15T00:00:00Z', '2026-02-15T00:00:00Z');

  it('is earned by its days: 17 of January, 14 of February', () => {
    expect(scheduled(31_00n, period)).toEqual({ '2026-01': 17_00n, '2026-02': 14_00n });
    // 0.55 and 0.45 of a cent: the larger remainder has it.
    expect(scheduled(1n, period)).toEqual({ '2026-01': 1n, '2026-02': 0n });
  });

  it('of what is used is earned with its last day, and of what is done once as it begins', () => {
    expect(scheduled(31_00n, period, 'end')).toEqual({ '2026-02': 31_00n });
    expect(scheduled(31_00n, served('2026-01-15T00:00:00Z', '2026-02-01T00:00:00Z'), 'end')).toEqual({
      '2026-01': 31_00n,
    });
    expect(scheduled(31_00n, served('2026-01-15T00:00:00Z', '2026-02-01T09:00:00Z'), 'end')).toEqual({
      '2026-02': 31_00n,
    });
    expect(scheduled(31_00n, period, 'start')).toEqual({ '2026-01': 31_00n });
  });

  it('is earned in the months of its zone, with the hours that a change of clocks takes or gives', () => {
    // In New York, the days of March and April each bear the same, also the one of 23 hours.
    const days = served('2026-03-01T05:00:00Z', '2026-05-01T04:00:00Z', 'America/New_York');
    expect(scheduled(61_00n, days)).toEqual({ '2026-03': 31_00n, '2026-04': 30_00n });
  });

  it('that ends within a day is earned by the time', () => {
    // Twelve hours of each.
    expect(scheduled(10_00n, served('2026-01-31T12:00:00Z', '2026-02-01T12:00:00Z'))).toEqual({
      '2026-01': 5_00n,
      '2026-02': 5_00n,
    });
  });

  it('earns nothing while it pauses', () => {
    const gaps = [{ start: '2026-01-20T00:00:00Z', end: '2026-02-10T00:00:00Z' }];
    // Five days of each.
    expect(scheduled(10_00n, period, 'time', gaps)).toEqual({ '2026-01': 5_00n, '2026-02': 5_00n });
  });

  it('of which more was given back than billed leaves nothing for later', () => {
    expect(scheduled(-10_00n, period)).toEqual({ '2026-01': -10_00n });
  });
});
