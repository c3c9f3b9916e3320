import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from './local-date.js';

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

const onDay = (month: Temporal.PlainDate, day: number): Temporal.PlainDate =>
  month.with({ day: Math.min(day, month.daysInMonth) });

/** The turning day `turns` intervals after (before, if negative) the first one. */
export const turningDay = ({ interval: { unit, count }, first, day }: Rhythm, turns: number): LocalDate => {
  const origin = Temporal.PlainDate.from(first);
  switch (unit) {
    case 'day':
      return origin.add({ days: turns * count }).toString() as LocalDate;
    case 'week':
      return origin.add({ days: turns * count * 7 }).toString() as LocalDate;
    case 'month':
    case 'year': {
      const months = turns * count * (unit === 'year' ? 12 : 1);
      return onDay(origin.with({ day: 1 }).add({ months }), day).toString() as LocalDate;
    }
  }
};

/** The first turning day on or after the start. Where it is the start itself, the first period is a whole one. */
export const rhythmFrom = (start: LocalDate, interval: Interval, anchor: Anchor): Rhythm => {
  const date = Temporal.PlainDate.from(start);
  const { unit, count } = interval;
  if (anchor.align === 'calendar' && unit !== 'day') {
    const { boundary, day } = calendarBoundary(date, unit);
    const aligned = boundary.equals(date);
    const rhythm: Rhythm = { interval: { unit, count: 1 }, first: boundary.toString() as LocalDate, day };
    // With a count above one, the first period takes the rest of its units after the calendar's next boundary.
    return { interval, first: turningDay(rhythm, aligned ? 0 : count - 1), day };
  }
  if (anchor.day === undefined || unit === 'day' || unit === 'week') {
    return { interval, first: start, day: date.day };
  }
  const thisMonth = { interval, first: onDay(date, anchor.day).toString() as LocalDate, day: anchor.day };
  return thisMonth.first >= start ? thisMonth : { ...thisMonth, first: turningDay(thisMonth, 1) };
};

const calendarBoundary = (date: Temporal.PlainDate, unit: 'week' | 'month' | 'year') => {
  switch (unit) {
    case 'week':
      return { boundary: date.add({ days: (8 - date.dayOfWeek) % 7 }), day: 1 };
    case 'month':
      return { boundary: date.day === 1 ? date : date.with({ day: 1 }).add({ months: 1 }), day: 1 };
    case 'year':
      return {
        boundary: date.dayOfYear === 1 ? date : Temporal.PlainDate.from({ year: date.year + 1, month: 1, day: 1 }),
        day: 1,
      };
  }
};

/** A half-open stretch of days between two neighbouring turning days. */
export interface LocalPeriod {
  readonly start: LocalDate;
  readonly end: LocalDate;
}

/** The number of turning days on or before the date, counted from `first`; negative before it. */
export const turnsUntil = (rhythm: Rhythm, date: LocalDate): number => {
  const { unit, count } = rhythm.interval;
  const span = Temporal.PlainDate.from(rhythm.first).until(Temporal.PlainDate.from(date), {
    largestUnit: unit === 'year' || unit === 'month' ? 'month' : 'day',
  });
  const units =
    unit === 'year' ? span.months / 12 : unit === 'month' ? span.months : unit === 'week' ? span.days / 7 : span.days;
  // The estimate may be one off where a month is too short for the anchor day.
  let turns = Math.floor(units / count);
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
