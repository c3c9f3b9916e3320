import { Temporal } from 'temporal-polyfill';
import type { Instant } from './instant.js';
import { dayOfMonth, type LocalDate } from './local-date.js';
import { periodContaining, turningDay, turnsUntil, type Interval, type LocalPeriod, type Rhythm } from './rhythm.js';

/** The same day, `times` intervals later (earlier, if negative); the month's last where that is too short. */
export const plusIntervals = (date: LocalDate, interval: Interval, times: number): LocalDate =>
  turningDay({ interval, first: date, day: dayOfMonth(date) }, times);

/** So many of an interval as one: twice a quarter is half a year. */
export const repeatedInterval = ({ unit, count }: Interval, times: number): Interval => ({
  unit,
  count: count * times,
});

/** The same time of the local day, so many intervals later: across a change of the clock the hours differ, the clock face does not. */
export const plusLocalIntervals = (instant: Instant, interval: Interval, timeZone: string, times = 1): Instant => {
  const { unit, count } = interval;
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  return local
    .add({ [`${unit}s`]: count * times })
    .toInstant()
    .toString() as Instant;
};

/** The first turning day after the date. */
export const turningDayAfter = (rhythm: Rhythm, date: LocalDate): LocalDate =>
  turningDay(rhythm, turnsUntil(rhythm, date) + 1);

/** The first turning day on or after the date. */
export const turningDayFrom = (rhythm: Rhythm, date: LocalDate): LocalDate => {
  const turns = turnsUntil(rhythm, date);
  const last = turningDay(rhythm, turns);
  return last === date ? last : turningDay(rhythm, turns + 1);
};

/** Whole intervals, counted from the start's own day, that fit before the end. */
export const wholePeriods = (start: LocalDate, end: LocalDate, interval: Interval): number =>
  turnsUntil({ interval, first: start, day: dayOfMonth(start) }, end);

/**
 * The cycle that a date falls in, for what began on `start`: its first cycle begins there, however short that makes it.
 * A date before the start answers the first cycle.
 */
export const cycleContaining = (rhythm: Rhythm, start: LocalDate, date: LocalDate): LocalPeriod => {
  const period = periodContaining(rhythm, date < start ? start : date);
  return period.start < start ? { ...period, start } : period;
};

/** Cycles that are over on a date; a short first one counts as one. The end of a cycle is not in it. */
export const cyclesElapsed = (rhythm: Rhythm, start: LocalDate, date: LocalDate): number => {
  const turns = turnsUntil(rhythm, date) - turnsUntil(rhythm, start);
  return Math.max(turns, 0);
};

/** The last whole period that is over on a date; clipped to what was served, if that is told. */
export const lastCompletedPeriod = (rhythm: Rhythm, date: LocalDate, servedFrom?: LocalDate): LocalPeriod => {
  const turns = turnsUntil(rhythm, date);
  const start = turningDay(rhythm, turns - 1);
  const clipped = servedFrom !== undefined && start < servedFrom ? servedFrom : start;
  return { start: clipped, end: turningDay(rhythm, turns) };
};
