import { epochMicroseconds, type Instant } from './instant.js';
import { dayOfMonth, monthsBetween, type LocalDate } from './local-date.js';

/** Days in a month of the fixed-days convention: a year has twelve of them. */
export const FIXED_MONTH_DAYS = 30;

/**
 * Days from `start` to `end`, half-open, where every month has the same number of days: what lies beyond it counts as its last,
 * and a shorter month is filled up. Parts of a stretch add up to it. (30/360 of the ISDA definitions; Kill Bill's fixed days.)
 */
export const fixedDaysBetween = (start: LocalDate, end: LocalDate, monthDays = FIXED_MONTH_DAYS): number =>
  monthsBetween(start, end) * monthDays + Math.min(dayOfMonth(end), monthDays) - Math.min(dayOfMonth(start), monthDays);

const MICROSECONDS = 1_000_000n;

/** Whole seconds since 1970-01-01T00:00:00Z; a fraction is cut off, so that parts of a stretch add up to it. */
export const epochSeconds = (instant: Instant): bigint => {
  const microseconds = epochMicroseconds(instant);
  const seconds = microseconds / MICROSECONDS;
  return microseconds < 0n && seconds * MICROSECONDS !== microseconds ? seconds - 1n : seconds;
};

/** Seconds from `start` to `end`, half-open. A day on which the clock changes has 23 or 25 hours of them. */
export const secondsBetween = (start: Instant, end: Instant): number => Number(epochSeconds(end) - epochSeconds(start));
