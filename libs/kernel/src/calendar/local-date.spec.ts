import { describe, expect, it } from '@jest/globals';
import { parseInstant } from './instant.js';
import { daysBetween, parseLocalDate, plusDays } from './local-date.js';
import { localDateOf, startOfDay } from './local-time.js';
import { isTimeZone, timeZoneRefusal } from './time-zones.js';

describe('a local date', () => {
  it.each(['2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is a day', (text) => {
    expect(parseLocalDate(text)).toBe(text);
  });

  it.each([
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260131',
    '2026-01-31T00:00:00Z',
    '0000-01-01',
    '-2026-01-01',
    '',
  ])('“%s” is none', (text) => {
    expect(() => parseLocalDate(text)).toThrow(expect.objectContaining({ code: 'invalid_date' }));
  });

  it('is not parsed from a number', () => {
    expect(() => parseLocalDate(20260131 as never)).toThrow(expect.objectContaining({ code: 'invalid_date' }));
  });

  it.each([
    ['2012-07-16T21:17:03Z', 'UTC', '2012-07-16'],
    ['2012-07-16T21:17:03Z', 'Pacific/Honolulu', '2012-07-16'],
    ['2012-07-16T21:17:03Z', 'Europe/Moscow', '2012-07-17'],
    ['2026-01-01T04:59:59.999999Z', 'America/New_York', '2025-12-31'],
    ['2026-01-01T05:00:00Z', 'America/New_York', '2026-01-01'],
    ['2026-01-01T10:00:00Z', 'Pacific/Kiritimati', '2026-01-02'],
    ['2025-12-31T18:30:00Z', 'Asia/Kolkata', '2026-01-01'],
  ])('%s in %s falls on %s', (instant, timeZone, date) => {
    expect(localDateOf(parseInstant(instant), timeZone)).toBe(date);
  });

  it.each([
    ['2026-01-31', 'UTC', '2026-01-31T00:00:00Z'],
    ['2026-01-31', 'Europe/Berlin', '2026-01-30T23:00:00Z'],
    ['2026-07-31', 'Europe/Berlin', '2026-07-30T22:00:00Z'],
    ['2026-01-31', 'Asia/Kolkata', '2026-01-30T18:30:00Z'],
    // There is no midnight: clocks go from 23:59:59 to 01:00.
    ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00:00Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z'],
    // Midnight comes twice: the day begins with the first.
    ['2018-02-18', 'America/Sao_Paulo', '2018-02-18T03:00:00Z'],
  ])('%s in %s begins at %s', (date, timeZone, instant) => {
    expect(startOfDay(parseLocalDate(date), timeZone)).toBe(instant);
    expect(localDateOf(parseInstant(instant), timeZone)).toBe(date);
  });

  it.each([
    ['2026-01-31', 1, '2026-02-01'],
    ['2024-02-28', 2, '2024-03-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-01-01', 0, '2026-01-01'],
    ['2025-01-01', 365, '2026-01-01'],
  ])('%s plus %d days is %s', (date, days, sum) => {
    expect(plusDays(parseLocalDate(date), days)).toBe(sum);
    expect(daysBetween(parseLocalDate(date), parseLocalDate(sum))).toBe(days);
  });

  it('counts days of the calendar, not of 24 hours', () => {
    const zone = 'America/New_York';
    const [start, end] = ['2024-03-09T05:00:00Z', '2024-03-11T04:00:00Z'].map((text) =>
      localDateOf(parseInstant(text), zone),
    );
    expect(daysBetween(start!, end!)).toBe(2);
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'Asia/Kolkata'])('is %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['europe/berlin', 'Europe/Berlin'],
    ['Etc/UTC', 'UTC'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Pacific/Truk', 'Pacific/Chuuk'],
  ])('called %s is refused, and told to be %s', (name, canonical) => {
    expect(isTimeZone(name)).toBe(false);
    expect(isTimeZone(canonical)).toBe(true);
    expect(timeZoneRefusal(name)).toContain(`“${canonical}”`);
  });

  it.each(['IST', 'CST', '+02:00', 'Berlin+2'])('called %s could be several, or none', (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(timeZoneRefusal(name)).toMatch(/no time zone/u);
  });

  it.each(['', '+02:00', '-05:00', 'Mars/Olympus', 'Europe/Berlin ', '2026', 'Europe\\Berlin', '../UTC'])(
    'is not “%s”',
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
