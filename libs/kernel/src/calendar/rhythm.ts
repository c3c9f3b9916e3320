import {
  dayOfMonth,
  dayOfMonthAfter,
  dayOfWeek,
  daysBetween,
  monthsBetween,
  plusDays,
  type LocalDate,
} from './local-date.js';

export type IntervalUnit = 'day' | 'week' | 'month' | 'year';

export interface Interval {
  readonly unit: IntervalUnit;
  readonly count: number;
}

/**
 * Where periods turn. `subscription` turns on the start's own day, `calendar` on Mondays, firsts of a month and 1 January.
 * `day` (1–31) names a day of the month instead, for months and years: that of the start's month or, where it has passed, the one
 * an interval later. Short months use their last day, and it comes back.
 */
export interface Anchor {
  readonly align: 'subscription' | 'calendar';
  readonly day?: number;
}

/** The turning days of an interval: `first` is one of them, `day` the day of the month that they return to. */
export interface Rhythm {
  readonly interval: Interval;
  readonly first: LocalDate;
  readonly day: number;
}

/** The turning day `turns` intervals after (before, if negative) the first one. */
export const turningDay = ({ interval: { unit, count }, first, day }: Rhythm, turns: number): LocalDate => {
  switch (unit) {
    case 'day':
      return plusDays(first, turns * count);
    case 'week':
      return plusDays(first, turns * count * 7);
    case 'month':
      return dayOfMonthAfter(first, turns * count, day);
    case 'year':
      return dayOfMonthAfter(first, turns * count * 12, day);
  }
};

/** The first turning day on or after the start. Where it is the start itself, the first period is a whole one. */
export const rhythmFrom = (start: LocalDate, interval: Interval, anchor: Anchor): Rhythm => {
  const { unit, count } = interval;
  const named = anchor.day !== undefined && (unit === 'month' || unit === 'year');
  if (anchor.align === 'calendar' && unit !== 'day' && !named) return calendarRhythm(start, unit, count);
  if (anchor.day === undefined || unit === 'day' || unit === 'week') {
    return { interval, first: start, day: dayOfMonth(start) };
  }
  const thisMonth = { interval, first: dayOfMonthAfter(start, 0, anchor.day), day: anchor.day };
  return thisMonth.first >= start ? thisMonth : { ...thisMonth, first: turningDay(thisMonth, 1) };
};

/** What a calendar is divided into. */
export type CalendarUnit = 'day' | 'week' | 'month' | 'quarter' | 'half_year' | 'year';

/** Each calendar unit as an interval: a quarter has three months. */
const CALENDAR_INTERVALS: Readonly<Record<CalendarUnit, Interval>> = {
  day: { unit: 'day', count: 1 },
  week: { unit: 'week', count: 1 },
  month: { unit: 'month', count: 1 },
  quarter: { unit: 'month', count: 3 },
  half_year: { unit: 'month', count: 6 },
  year: { unit: 'year', count: 1 },
};

/** The first Monday, first of a month, of a quarter, of a half-year or 1 January on or after the date; any day is one of its own. */
const calendarBoundary = (date: LocalDate, unit: CalendarUnit): LocalDate => {
  if (unit === 'day') return date;
  if (unit === 'week') return plusDays(date, (8 - dayOfWeek(date)) % 7);
  const january = `${date.slice(0, 4)}-01-01` as LocalDate;
  const units: Rhythm = { interval: CALENDAR_INTERVALS[unit], first: january, day: 1 };
  return turningDay(units, turnsUntil(units, date) + (turningDay(units, turnsUntil(units, date)) === date ? 0 : 1));
};

/**
 * Turns on the boundaries of the calendar, `every` so many. A start between two of them gets a short first period up to the next,
 * to which the remaining units are added: from 15 January, every two months first turns on 1 March.
 */
export const calendarRhythm = (start: LocalDate, unit: CalendarUnit, every = 1): Rhythm => {
  const { unit: of, count } = CALENDAR_INTERVALS[unit];
  const boundary = calendarBoundary(start, unit);
  const units: Rhythm = { interval: { unit: of, count }, first: boundary, day: 1 };
  return {
    interval: { unit: of, count: count * every },
    first: turningDay(units, boundary === start ? 0 : every - 1),
    day: 1,
  };
};

/** A half-open stretch of days between two neighbouring turning days. */
export interface LocalPeriod {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** The number of turning days on or before the date, counted from `first`; negative before it. */
export const turnsUntil = (rhythm: Rhythm, date: LocalDate): number => {
  const { unit, count } = rhythm.interval;
  const monthsPerTurn = unit === 'year' ? count * 12 : count;
  // The estimate may be one off: the day within the month, or a month too short for the anchor day.
  let turns =
    unit === 'day' || unit === 'week'
      ? Math.floor(daysBetween(rhythm.first, date) / (unit === 'week' ? count * 7 : count))
      : Math.floor(monthsBetween(rhythm.first, date) / monthsPerTurn);
  while (turningDay(rhythm, turns) > date) turns -= 1;
  while (turningDay(rhythm, turns + 1) <= date) turns += 1;
  return turns;
};

/** The whole period, from turning day to turning day, that the date falls in. */
export const periodContaining = (rhythm: Rhythm, date: LocalDate): LocalPeriod => {
  const turns = turnsUntil(rhythm, date);
  return { start: turningDay(rhythm, turns), end: turningDay(rhythm, turns + 1) };
};

/** The whole periods from the one that the date falls in, for ever: the caller stops. */
export function* periodsFrom(rhythm: Rhythm, date: LocalDate): Generator<LocalPeriod, never> {
  for (let turns = turnsUntil(rhythm, date); ; turns++) {
    yield { start: turningDay(rhythm, turns), end: turningDay(rhythm, turns + 1) };
  }
}
