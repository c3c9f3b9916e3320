import { refuse } from '../domain-error.js';
import { civilDayOf, daysInMonth, epochDayOf, twoDigits, twoDigitsAt, type CivilDay } from './civil-day.js';

declare const localDateMark: unique symbol;

/** A day of a calendar, `YYYY-MM-DD`, without a zone. Texts sort as days do. */
export type LocalDate = string & { readonly [localDateMark]: true };

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws DomainError `invalid_date`: another form, no such day, or a year that Postgres does not have (0). */
export const parseLocalDate = (text: string): LocalDate => {
  if (typeof text === 'string' && DATE.test(text) && !text.startsWith('0000')) {
    const { year, month, day } = civilDay(text as LocalDate);
    if (day >= 1 && day <= daysInMonth(year, month)) return text as LocalDate;
  }
  return refuse('invalid_date', `“${String(text).slice(0, 64)}” is not a day (YYYY-MM-DD).`);
};

const civilDay = (date: LocalDate): CivilDay => ({
  year: twoDigitsAt(date, 0) * 100 + twoDigitsAt(date, 2),
  month: twoDigitsAt(date, 5),
  day: twoDigitsAt(date, 8),
});

/** Days since 1970-01-01. */
export const epochDay = (date: LocalDate): number => epochDayOf(civilDay(date));

export const dateOfEpochDay = (day: number): LocalDate => textOf(civilDayOf(day));

const textOf = ({ year, month, day }: CivilDay): LocalDate =>
  `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}` as LocalDate;

export const plusDays = (date: LocalDate, days: number): LocalDate => dateOfEpochDay(epochDay(date) + days);

/** Days from `start` to `end`, half-open: the same day gives 0. */
export const daysBetween = (start: LocalDate, end: LocalDate): number => epochDay(end) - epochDay(start);

/** The given day of the month that lies `months` after the date’s; the month’s last where it is too short. */
export const dayOfMonthAfter = (date: LocalDate, months: number, day: number): LocalDate => {
  const { year, month } = civilDay(date);
  const count = year * 12 + month - 1 + months;
  const target = { year: Math.floor(count / 12), month: (((count % 12) + 12) % 12) + 1 };
  return textOf({ ...target, day: Math.min(day, daysInMonth(target.year, target.month)) });
};

/** Months from the month of `start` to that of `end`, whatever their days. */
export const monthsBetween = (start: LocalDate, end: LocalDate): number => {
  const [from, to] = [civilDay(start), civilDay(end)];
  return (to.year - from.year) * 12 + to.month - from.month;
};

export const dayOfMonth = (date: LocalDate): number => civilDay(date).day;

/** 1 is Monday, 7 is Sunday. 1970-01-01 was a Thursday. */
export const dayOfWeek = (date: LocalDate): number => ((((epochDay(date) + 3) % 7) + 7) % 7) + 1;
