import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { civilDayOf, daysInMonth, epochDayOf } from './civil-day.js';

const EPOCH = Temporal.PlainDate.from('1970-01-01');

describe('days as integers', () => {
  it('are those of the calendar, from year 1 to 9999', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (epochDay) => {
        const { year, month, day, daysInMonth: length } = EPOCH.add({ days: epochDay });
        expect(civilDayOf(epochDay)).toEqual({ year, month, day });
        expect(epochDayOf({ year, month, day })).toBe(epochDay);
        expect(daysInMonth(year, month)).toBe(length);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    [0, 1970, 1, 1],
    [-1, 1969, 12, 31],
    [11_016, 2000, 2, 29],
    [19_782, 2024, 2, 29],
    [-719_162, 1, 1, 1],
    [2_932_896, 9999, 12, 31],
  ])('%i is %i-%i-%i', (epochDay, year, month, day) => {
    expect(civilDayOf(epochDay)).toEqual({ year, month, day });
    expect(epochDayOf({ year, month, day })).toBe(epochDay);
  });

  it('know no thirteenth month', () => {
    expect(daysInMonth(2026, 13)).toBe(0);
  });
});
