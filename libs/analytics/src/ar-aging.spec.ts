import { plusDays } from '#kernel';
import { on } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { AGING_BUCKETS, agedBalances, agingBucket, overdueByMonth } from './ar-aging.js';

describe('aging', () => {
  it.each([
    [-15, 'current'],
    [0, 'current'],
    [1, 'days1to30'],
    [30, 'days1to30'],
    [31, 'days31to60'],
    [60, 'days31to60'],
    [61, 'days61to90'],
    [90, 'days61to90'],
    [91, 'over90'],
    [10_000, 'over90'],
  ])('puts %d days past due into %s', (days, name) => {
    expect(agingBucket(days, AGING_BUCKETS)).toBe(name);
    const aged = agedBalances(
      [{ date: plusDays(on('2025-06-30'), -days), amount: 7n }],
      on('2025-06-30'),
      AGING_BUCKETS,
    );
    expect([...aged].filter(([, amount]) => amount !== 0n)).toEqual([[name, 7n]]);
  });

  it('has buckets that follow each other without gap', () => {
    AGING_BUCKETS.slice(1).forEach(({ fromDays }, index) => expect(fromDays).toBe(AGING_BUCKETS[index]!.toDays! + 1));
  });

  it('tells what is overdue by the month in which it was due', () => {
    const { byMonth, total } = overdueByMonth([
      { dueOn: on('2025-05-10'), overdue: true, amount: 100n },
      { dueOn: on('2025-05-20'), overdue: true, amount: 500n },
      { dueOn: on('2025-05-11'), overdue: false, amount: 200n },
    ]);
    expect([...byMonth]).toEqual([['2025-05', 600n]]);
    expect(total).toBe(600n);
  });
});
