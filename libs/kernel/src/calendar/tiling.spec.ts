import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBefore } from './instant.js';
import { parseLocalDate, plusDays } from './local-date.js';
import { startOfDay } from './local-time.js';
import { calendarRhythm, periodContaining, rhythmFrom, turningDay, turnsUntil, type CalendarUnit } from './rhythm.js';

fc.configureGlobal({ seed: 1 });

const ZONES = Intl.supportedValuesOf('timeZone');
const CALENDAR_UNITS: readonly CalendarUnit[] = ['day', 'week', 'month', 'quarter', 'half_year', 'year'];

const starts = fc.integer({ min: 0, max: 40_000 }).map((day) => plusDays(parseLocalDate('1950-01-01'), day));
const counts = fc.integer({ min: 1, max: 13 });

const rhythms = fc.oneof(
  fc
    .record({
      start: starts,
      unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
      count: counts,
      day: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }),
      align: fc.constantFrom('subscription' as const, 'calendar' as const),
    })
    .map(({ start, unit, count, day, align }) => ({
      start,
      rhythm: rhythmFrom(start, { unit, count }, { align, ...(day === undefined ? {} : { day }) }),
    })),
  fc
    .record({ start: starts, unit: fc.constantFrom(...CALENDAR_UNITS), every: counts })
    .map(({ start, unit, every }) => ({ start, rhythm: calendarRhythm(start, unit, every) })),
);

describe('periods', () => {
  it('tile time without gap or overlap for every anchor, interval and zone', () => {
    fc.assert(
      fc.property(rhythms, fc.integer({ min: -30, max: 30 }), fc.constantFrom(...ZONES), ({ rhythm }, turns, zone) => {
        const [before, start, end] = [turns - 1, turns, turns + 1].map((turn) => turningDay(rhythm, turn));
        expect(before! < start! && start! < end!).toBe(true);
        // Every day from one turning day to the next is in this period, and in no other.
        for (const day of [start!, plusDays(end!, -1)]) {
          expect(periodContaining(rhythm, day)).toEqual({ start, end });
          expect(turnsUntil(rhythm, day)).toBe(turns);
        }
        expect(periodContaining(rhythm, end!).start).toBe(end);
        // Samoa left out a day in 2011: its period is empty, and nothing overlaps.
        expect(isBefore(startOfDay(end!, zone), startOfDay(start!, zone))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('turn for the first time within one interval of the start', () => {
    fc.assert(
      fc.property(rhythms, ({ start, rhythm }) => {
        expect(rhythm.first >= start).toBe(true);
        expect(turningDay(rhythm, -1) < start || rhythm.first === start).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
