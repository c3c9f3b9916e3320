import { Temporal } from 'temporal-polyfill';
import { refuse } from '../domain-error.js';
import type { Instant } from './instant.js';

declare const localDateMark: unique symbol;

/** A day of a calendar, `YYYY-MM-DD`, without a zone. Texts sort as days do. */
export type LocalDate = string & { readonly [localDateMark]: true };

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws DomainError `invalid_date`: another form, no such day, or a year that Postgres does not have (0). */
export const parseLocalDate = (text: string): LocalDate => {
  if (typeof text === 'string' && DATE.test(text) && !text.startsWith('0000')) {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as LocalDate;
    } catch {
      // Falls through to the refusal: the form is right, the day does not exist.
    }
  }
  return refuse('invalid_date', `“${String(text).slice(0, 64)}” is not a day (YYYY-MM-DD).`);
};

/** Whether the name is one of the IANA time zone database, `UTC` included; offsets such as `+02:00` are none. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
};

/** The day that this moment falls on in a zone. */
export const localDateOf = (instant: Instant, timeZone: string): LocalDate =>
  (timeZone === 'UTC'
    ? instant.slice(0, 10)
    : Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString()) as LocalDate;

/** The first moment of a day in a zone; where midnight does not exist (DST), the first moment after it. */
export const startOfDay = (date: LocalDate, timeZone: string): Instant =>
  (timeZone === 'UTC'
    ? `${date}T00:00:00Z`
    : Temporal.PlainDate.from(date).toZonedDateTime(timeZone).toInstant().toString()) as Instant;

export const plusDays = (date: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString() as LocalDate;

/** Days from `start` to `end`, half-open: the same day gives 0. */
export const daysBetween = (start: LocalDate, end: LocalDate): number =>
  Temporal.PlainDate.from(start).until(Temporal.PlainDate.from(end), { largestUnit: 'day' }).days;
