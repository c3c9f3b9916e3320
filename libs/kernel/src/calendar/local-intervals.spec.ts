import { describe, expect, it } from '@jest/globals';
import { fractionText } from '../fraction.js';
import { sumOfParts, sumOfRounded } from '../parts.js';
import { billedCycles, billingInterval, wholeCycles } from './billing-interval.js';
import {
  cycleContaining,
  cyclesElapsed,
  lastCompletedPeriod,
  plusIntervals,
  plusLocalIntervals,
  turningDayAfter,
  turningDayFrom,
  wholePeriods,
} from './cycles.js';
import { epochSeconds, fixedDaysBetween, secondsBetween } from './day-count.js';
import { parseInstant } from './instant.js';
import { parseLocalDate } from './local-date.js';
import { calendarRhythm, rhythmFrom, turningDay, type CalendarUnit, type Interval } from './rhythm.js';

const date = parseLocalDate;
const MONTH: Interval = { unit: 'month', count: 1 };
const on31 = rhythmFrom(date('2024-01-31'), MONTH, { align: 'subscription' });
const on10 = rhythmFrom(date('2024-01-01'), MONTH, { align: 'subscription', day: 10 });

describe('cycles', () => {
  it('begin with what began, however short that makes the first', () => {
    const start = date('2024-01-01');
    expect(cycleContaining(on10, start, date('2023-06-01'))).toEqual({ start: '2024-01-01', end: '2024-01-10' });
    expect(cycleContaining(on10, start, date('2024-01-10'))).toEqual({ start: '2024-01-10', end: '2024-02-10' });
    expect(
      ['2023-06-01', '2024-01-09', '2024-01-10', '2024-03-15'].map((on) => cyclesElapsed(on10, start, date(on))),
    ).toEqual([0, 0, 1, 3]);
  });

  it('that are over are whole, or clipped to what was served', () => {
    expect(lastCompletedPeriod(on10, date('2024-02-09'))).toEqual({ start: '2023-12-10', end: '2024-01-10' });
    expect(lastCompletedPeriod(on10, date('2024-02-09'), date('2024-01-01'))).toEqual({
      start: '2024-01-01',
      end: '2024-01-10',
    });
  });

  it('turn after a day, or on it', () => {
    expect(turningDayAfter(on31, date('2024-02-29'))).toBe('2024-03-31');
    expect(turningDayFrom(on31, date('2024-02-29'))).toBe('2024-02-29');
    expect(turningDayFrom(on31, date('2024-03-01'))).toBe('2024-03-31');
  });
});

describe('intervals', () => {
  it('are added to days, and counted between them', () => {
    expect(plusIntervals(date('2024-01-31'), MONTH, 1)).toBe('2024-02-29');
    expect(plusIntervals(date('2024-03-31'), MONTH, -1)).toBe('2024-02-29');
    expect(wholePeriods(date('2024-01-31'), date('2024-02-28'), MONTH)).toBe(0);
    expect(wholePeriods(date('2024-01-31'), date('2024-02-29'), MONTH)).toBe(1);
  });

  it('keep the clock face of a zone', () => {
    const noon = parseInstant('2026-03-28T11:00:00Z');
    expect(plusLocalIntervals(noon, { unit: 'day', count: 1 }, 'Europe/Berlin')).toBe('2026-03-29T10:00:00Z');
    expect(plusLocalIntervals(noon, MONTH, 'Europe/Berlin', -2)).toBe('2026-01-28T11:00:00Z');
  });

  it.each<[CalendarUnit, number, string, string]>([
    ['week', 1, '2026-01-01', '2026-01-05'],
    ['week', 2, '2026-01-01', '2026-01-12'],
    ['month', 2, '2023-01-15', '2023-03-01'],
    ['quarter', 1, '2026-02-01', '2026-04-01'],
    ['quarter', 1, '2026-04-01', '2026-04-01'],
    ['half_year', 1, '2026-10-05', '2027-01-01'],
    ['year', 2, '2026-01-02', '2028-01-01'],
    ['day', 1, '2026-01-02', '2026-01-02'],
  ])('of the calendar begin on its boundaries: %s × %d from %s on %s', (unit, every, start, first) => {
    expect(turningDay(calendarRhythm(date(start), unit, every), 0)).toBe(first);
  });
});

describe('what is billed on a day', () => {
  const request = { rhythm: on10, start: date('2024-01-01'), end: null, target: date('2024-02-09') } as const;

  it('goes through the end of its cycle in advance, and of the last one in arrears', () => {
    expect(billingInterval({ ...request, timing: 'in_advance' })).toEqual({
      firstCycle: '2024-01-10',
      effectiveEnd: '2024-02-10',
      lastCycle: '2024-02-10',
      nextCycle: '2024-03-10',
    });
    expect(billingInterval({ ...request, timing: 'in_arrears' }).effectiveEnd).toBe('2024-01-10');
  });

  it('stops where the service ends', () => {
    const ended = { ...request, end: date('2024-01-20'), timing: 'in_arrears' } as const;
    expect(billingInterval(ended)).toMatchObject({ effectiveEnd: '2024-01-20', nextCycle: '2024-02-10' });
    expect(billedCycles(ended).map(fractionText)).toEqual(['9/31', '10/31']);
  });

  it('is nothing in arrears before the first cycle is over', () => {
    const early = { ...request, target: date('2024-01-05'), timing: 'in_arrears' } as const;
    const interval = billingInterval(early);
    expect(interval).toMatchObject({ effectiveEnd: null, nextCycle: '2024-01-10' });
    expect([wholeCycles({ rhythm: on10, ...interval }), billedCycles(early)]).toEqual([0, []]);
  });

  it('divides a stub before a clamped day by the period at the anchor, or by one counted back', () => {
    const rhythm = rhythmFrom(date('2011-02-14'), MONTH, { align: 'subscription', day: 31 });
    const clamped = { rhythm, start: date('2011-02-14'), end: null, target: date('2011-02-20') } as const;
    expect(billedCycles({ ...clamped, timing: 'in_advance' }).map(fractionText)).toEqual(['1/2']);
    const parts = billedCycles({ ...clamped, timing: 'in_advance' }, 'counted_back');
    expect([fractionText(sumOfParts(parts)), sumOfRounded(parts, 3, 'half_up').toString()]).toEqual(['14/31', '0.452']);
  });
});

describe('days and seconds', () => {
  it('of fixed months are thirty in each', () => {
    expect(fixedDaysBetween(date('2026-01-31'), date('2026-02-28'))).toBe(28);
    expect(fixedDaysBetween(date('2026-06-23'), date('2026-07-15'))).toBe(22);
    expect(fixedDaysBetween(date('2026-06-23'), date('2026-07-15'), 28)).toBe(20);
  });

  it('are cut off below the second, also before 1970', () => {
    expect(epochSeconds(parseInstant('1969-12-31T23:59:59.5Z'))).toBe(-1n);
    expect(secondsBetween(parseInstant('1969-12-31T23:59:59.5Z'), parseInstant('1970-01-01T00:00:01.9Z'))).toBe(2);
  });
});
