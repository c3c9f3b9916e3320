import { at, on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { dunningAttempts, dunningDates } from './dunning.js';
import { dueDates, overdueStage } from './overdue.js';

describe('dunning', () => {
  it('counts its days from the failure, or from the attempt before', () => {
    expect(dunningDates(on('2024-01-01'), [3, 7, 14], 'from_start')).toEqual([
      '2024-01-04',
      '2024-01-08',
      '2024-01-15',
    ]);
    expect(dunningDates(on('2012-05-31'), [8, 8], 'cumulative')).toEqual(['2012-06-08', '2012-06-16']);
  });

  const campaign = { threshold: 100n, maxAttempts: 2, daysBetween: 2 };
  const run = (day: string, overdue: bigint) => ({ at: at(`2025-01-${day}T10:00:00Z`), overdue });

  it('reminds from the threshold on, not before more than the days between, and not too often', () => {
    const runs = [run('01', 99n), run('03', 100n), run('05', 100n), run('06', 100n), run('20', 100n)];
    expect(dunningAttempts(campaign, runs)).toEqual([false, true, false, true, false]);
  });

  it('begins anew once nothing was overdue', () => {
    const runs = [run('01', 100n), run('04', 100n), run('05', 0n), run('06', 100n)];
    expect(dunningAttempts(campaign, runs)).toEqual([true, true, false, true]);
  });
});

describe('an invoice', () => {
  it('is due after its net terms, and overdue from the day after', () => {
    expect(dueDates(on('2025-01-01'), 2)).toEqual({ dueOn: '2025-01-03', overdueFrom: '2025-01-04' });
  });

  it.each([
    ['2012-06-29', null],
    ['2012-06-30', 'OD1'],
    ['2012-07-09', 'OD1'],
    ['2012-07-10', 'OD2'],
    ['2013-01-01', 'OD2'],
  ])('unpaid since 2012-05-31 is on %s in stage %s', (day, stage) => {
    const stages = [
      { name: 'OD2', days: 40 },
      { name: 'OD1', days: 30 },
    ];
    expect(overdueStage(on('2012-05-31'), stages, on(day))).toBe(stage);
  });
});
