import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plusDuration } from './instant.js';
import { daysBetween, parseLocalDate, plusDays, type LocalDate } from './local-date.js';
import { localDateOf, startOfDay } from './local-time.js';
import {
  calendarRhythm,
  periodContaining,
  periodsFrom,
  rhythmFrom,
  turningDay,
  turnsUntil,
  type Anchor,
  type CalendarUnit,
  type Interval,
} from './rhythm.js';

fc.configureGlobal({ seed: 1 });

const on = parseLocalDate;
const every = (count: number, unit: Interval['unit']): Interval => ({ unit, count });
const MONTHLY = every(1, 'month');
const OWN_DAY: Anchor = { align: 'subscription' };

const turningDays = (start: string, interval: Interval, anchor: Anchor, count: number): LocalDate[] => {
  const rhythm = rhythmFrom(on(start), interval, anchor);
  return Array.from({ length: count }, (_, turns) => turningDay(rhythm, turns));
};

describe('a rhythm that turns on its own day', () => {
  it.each<[string, Interval, string[]]>([
    ['2026-01-15', MONTHLY, ['2026-01-15', '2026-02-15', '2026-03-15']],
    ['2023-01-31', MONTHLY, ['2023-01-31', '2023-02-28', '2023-03-31', '2023-04-30', '2023-05-31']],
    ['2024-01-30', MONTHLY, ['2024-01-30', '2024-02-29', '2024-03-30']],
    ['2026-11-30', every(3, 'month'), ['2026-11-30', '2027-02-28', '2027-05-30']],
    ['2024-02-29', every(1, 'year'), ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']],
    ['2026-01-28', every(10, 'day'), ['2026-01-28', '2026-02-07', '2026-02-17']],
    ['2026-02-25', every(2, 'week'), ['2026-02-25', '2026-03-11', '2026-03-25']],
  ])('from %s, every %j', (start, interval, days) => {
    expect(turningDays(start, interval, OWN_DAY, days.length)).toEqual(days);
  });
});

describe('a rhythm with an anchor day', () => {
  it.each<[string, number, Interval, string[]]>([
    ['2012-01-16', 17, MONTHLY, ['2012-01-17', '2012-02-17']],
    ['2012-03-03', 3, MONTHLY, ['2012-03-03', '2012-04-03']],
    ['2012-03-04', 3, MONTHLY, ['2012-04-03', '2012-05-03']],
    ['2012-02-16', 30, MONTHLY, ['2012-02-29', '2012-03-30', '2012-04-30']],
    ['2017-01-31', 31, MONTHLY, ['2017-01-31', '2017-02-28', '2017-03-31']],
    // The year, and the quarter, keep the month that they began in.
    ['2012-01-16', 17, every(1, 'year'), ['2012-01-17', '2013-01-17']],
    ['2012-02-16', 14, every(1, 'year'), ['2013-02-14', '2014-02-14']],
    ['2012-01-31', 30, every(1, 'year'), ['2013-01-30', '2014-01-30']],
    ['2011-02-24', 10, every(3, 'month'), ['2011-05-10', '2011-08-10']],
    ['2011-01-31', 7, every(3, 'month'), ['2011-04-07', '2011-07-07']],
    // Days and weeks do not know days of a month.
    ['2012-02-16', 30, every(30, 'day'), ['2012-02-16', '2012-03-17']],
    ['2012-02-16', 30, every(1, 'week'), ['2012-02-16', '2012-02-23']],
  ])('from %s on day %d, every %j', (start, day, interval, days) => {
    expect(turningDays(start, interval, { align: 'subscription', day }, days.length)).toEqual(days);
  });

  it.each(Array.from({ length: 31 }, (_, index) => index + 1))(
    'on day %d clamps to short months, and returns',
    (day) => {
      const days = turningDays('2023-12-01', MONTHLY, { align: 'subscription', day }, 28);
      const [lengths, leap] = [[31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], 29];
      for (const [index, date] of days.entries()) {
        const month = (index + 11) % 12;
        const length = month === 1 && date.startsWith('2024') ? leap : lengths[month]!;
        expect(Number(date.slice(5, 7))).toBe(month + 1);
        expect(Number(date.slice(8))).toBe(Math.min(day, length));
      }
    },
  );
});

describe('a rhythm aligned to the calendar', () => {
  it.each<[string, Interval, string[]]>([
    ['2024-01-15', MONTHLY, ['2024-02-01', '2024-03-01']],
    ['2024-02-01', MONTHLY, ['2024-02-01', '2024-03-01']],
    ['2024-12-02', every(1, 'year'), ['2025-01-01', '2026-01-01']],
    ['2025-01-01', every(1, 'year'), ['2025-01-01', '2026-01-01']],
    ['2026-07-29', every(1, 'week'), ['2026-08-03', '2026-08-10']],
    ['2026-08-03', every(1, 'week'), ['2026-08-03', '2026-08-10']],
    ['2024-01-15', every(3, 'month'), ['2024-04-01', '2024-07-01']],
    ['2024-01-01', every(3, 'month'), ['2024-01-01', '2024-04-01']],
    ['2024-01-15', every(2, 'week'), ['2024-01-15', '2024-01-29']],
    ['2024-01-16', every(2, 'week'), ['2024-01-29', '2024-02-12']],
    ['2024-01-15', every(10, 'day'), ['2024-01-15', '2024-01-25']],
  ])('from %s, every %j', (start, interval, days) => {
    expect(turningDays(start, interval, { align: 'calendar' }, days.length)).toEqual(days);
  });

  it.each<[CalendarUnit, string, string]>([
    ['quarter', '2026-02-01', '2026-04-01'],
    ['quarter', '2026-04-01', '2026-04-01'],
    ['half_year', '2026-10-05', '2027-01-01'],
    ['day', '2026-01-02', '2026-01-02'],
  ])('begins on the boundaries of each %s: from %s on %s', (unit, start, first) => {
    expect(turningDay(calendarRhythm(on(start), unit), 0)).toBe(first);
  });

  it.each<[string, Interval, string[]]>([
    ['2026-10-05', MONTHLY, ['2026-10-15', '2026-11-15']],
    ['2026-10-20', every(1, 'year'), ['2027-10-15', '2028-10-15']],
    // Weeks do not know days of a month.
    ['2026-10-05', every(1, 'week'), ['2026-10-05', '2026-10-12']],
    ['2026-10-06', every(1, 'week'), ['2026-10-12', '2026-10-19']],
  ])('from %s every %j, turns on the day that is named', (start, interval, days) => {
    expect(turningDays(start, interval, { align: 'calendar', day: 15 }, days.length)).toEqual(days);
  });
});

describe('the period of a day', () => {
  it.each<[string, Anchor, string, string, string]>([
    ['2021-01-10', { align: 'subscription', day: 1 }, '2021-01-10', '2021-01-01', '2021-02-01'],
    ['2021-01-10', OWN_DAY, '2021-02-09', '2021-01-10', '2021-02-10'],
    ['2021-01-10', OWN_DAY, '2021-02-10', '2021-02-10', '2021-03-10'],
    ['2024-01-31', OWN_DAY, '2024-02-28', '2024-01-31', '2024-02-29'],
    ['2024-01-31', OWN_DAY, '2024-02-29', '2024-02-29', '2024-03-31'],
    ['2024-01-31', OWN_DAY, '2023-12-31', '2023-12-31', '2024-01-31'],
  ])('from %s by %j: %s is in %s to %s', (start, anchor, date, begin, end) => {
    expect(periodContaining(rhythmFrom(on(start), MONTHLY, anchor), on(date))).toEqual({ start: begin, end });
  });
});

const dates = fc.integer({ min: -15_000, max: 30_000 }).map((days) => plusDays(on('2000-01-01'), days));
const intervals = fc.record({
  unit: fc.constantFrom('day', 'week', 'month', 'year'),
  count: fc.integer({ min: 1, max: 14 }),
}) as fc.Arbitrary<Interval>;
const anchors: fc.Arbitrary<Anchor> = fc.oneof(
  fc.constant<Anchor>({ align: 'calendar' }),
  fc.constant<Anchor>({ align: 'subscription' }),
  fc.integer({ min: 1, max: 31 }).map((day): Anchor => ({ align: 'subscription', day })),
);

describe('the periods of any rhythm', () => {
  it('tile time: each begins where the one before it ends, and the first holds its day', () => {
    fc.assert(
      fc.property(dates, intervals, anchors, dates, (start, interval, anchor, day) => {
        const rhythm = rhythmFrom(start, interval, anchor);
        let [begin, count] = [null as LocalDate | null, 0];
        for (const period of periodsFrom(rhythm, day)) {
          if (begin === null) expect(period.start <= day && day < period.end).toBe(true);
          else expect(period.start).toBe(begin);
          expect(period.start < period.end).toBe(true);
          expect(period).toEqual(periodContaining(rhythm, plusDays(period.end, -1)));
          begin = period.end;
          if ((count += 1) === 5) break;
        }
      }),
    );
  });

  it('first turn on or after the start, less than one interval later', () => {
    fc.assert(
      fc.property(dates, intervals, anchors, (start, interval, anchor) => {
        const rhythm = rhythmFrom(start, interval, anchor);
        expect(rhythm.first >= start).toBe(true);
        expect(turningDay(rhythm, -1) < start).toBe(true);
        expect(turnsUntil(rhythm, start)).toBe(rhythm.first === start ? 0 : -1);
      }),
    );
  });

  it.each(['America/New_York', 'America/Sao_Paulo', 'Africa/Cairo', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'])(
    'tile the instants of %s, whatever its clocks do',
    (timeZone) => {
      const start = on('2017-10-15');
      const rhythm = rhythmFrom(start, every(1, 'day'), OWN_DAY);
      let days = 0;
      for (const period of periodsFrom(rhythm, start)) {
        const [from, to] = [startOfDay(period.start, timeZone), startOfDay(period.end, timeZone)];
        expect(localDateOf(from, timeZone)).toBe(period.start);
        expect(localDateOf(plusDuration(to, { seconds: -1 }), timeZone)).toBe(period.start);
        expect(daysBetween(localDateOf(from, timeZone), localDateOf(to, timeZone))).toBe(1);
        if ((days += 1) === 400) break;
      }
      expect(days).toBe(400);
    },
  );
});
