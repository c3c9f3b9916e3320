import { Temporal } from 'temporal-polyfill';
import { refuse } from '../domain-error.js';
import { civilDayOf, daysInMonth, epochDayOf } from './civil-day.js';

declare const instantMark: unique symbol;

/** A moment in canonical RFC 3339: UTC, `Z`, at most microseconds, no trailing zeros. Equal moments are equal texts. */
export type Instant = string & { readonly [instantMark]: true };

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Finer than microseconds is cut off.
 * @throws DomainError `invalid_instant`: not RFC 3339, no such day (2026-02-30), or a year that Postgres does not have (0)
 */
export const parseInstant = (text: string): Instant => {
  const match = typeof text === 'string' ? RFC_3339.exec(text) : null;
  if (!match) return refuse('invalid_instant', `“${String(text).slice(0, 64)}” is not an RFC 3339 instant.`);
  const [, year, month, day, hour, minute, second, fraction, zone] = match as unknown as string[];
  const exists = Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month));
  if (!exists || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return noSuchMoment(text);
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  // Usage comes in UTC, by the million: only other zones pay for the calendar.
  const utc = zone === 'Z' || zone === 'z' ? local : inUtc(`${local}${zone}`, text);
  if (utc.startsWith('0000')) return noSuchMoment(text);
  const digits = fraction === undefined ? '' : fraction.slice(0, 6).replace(/0+$/, '');
  return (digits === '' ? `${utc}Z` : `${utc}.${digits}Z`) as Instant;
};

const inUtc = (local: string, text: string): string => {
  try {
    const utc = Temporal.Instant.from(local).toString();
    return utc.length === 20 ? utc.slice(0, -1) : noSuchMoment(text);
  } catch {
    return noSuchMoment(text);
  }
};

const noSuchMoment = (text: string): never =>
  refuse('invalid_instant', `“${text.slice(0, 64)}” is not a moment that exists.`);

/** Negative, zero or positive, as for sorting. Works on the text: a fraction only lengthens its prefix. */
export const compareInstants = (left: Instant, right: Instant): number => {
  if (left === right) return 0;
  if (left.length === right.length) return left < right ? -1 : 1;
  return left.slice(0, -1) < right.slice(0, -1) ? -1 : 1;
};

export const isBefore = (left: Instant, right: Instant): boolean => compareInstants(left, right) < 0;
export const earlier = (left: Instant, right: Instant): Instant => (isBefore(right, left) ? right : left);
export const later = (left: Instant, right: Instant): Instant => (isBefore(left, right) ? right : left);

/** Microseconds since 1970-01-01T00:00:00Z. */
export const epochMicroseconds = (instant: Instant): bigint =>
  BigInt(wholeSeconds(instant)) * 1_000_000n + BigInt(fractionOfSecond(instant).slice(1).padEnd(6, '0'));

/** Whole seconds since 1970-01-01T00:00:00Z, a fraction cut off: plain numbers, where a calendar library is too slow. */
export const wholeSeconds = (instant: Instant): number =>
  epochDayOf({ year: part(instant, 0, 4), month: part(instant, 5, 7), day: part(instant, 8, 10) }) * 86_400 +
  part(instant, 11, 13) * 3_600 +
  part(instant, 14, 16) * 60 +
  part(instant, 17, 19);

/** With its point; empty where there is none. */
const fractionOfSecond = (instant: Instant): string => instant.slice(19, -1);

const part = (instant: Instant, from: number, to: number): number => Number(instant.slice(from, to));

export const instantOfSeconds = (seconds: number): Instant => {
  const day = Math.floor(seconds / 86_400);
  const rest = seconds - day * 86_400;
  const { year, month, day: ofMonth } = civilDayOf(day);
  const time = [Math.floor(rest / 3_600), Math.floor(rest / 60) % 60, rest % 60].map(twoDigits).join(':');
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(ofMonth)}T${time}Z` as Instant;
};

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The first moment after it that can be told from it. */
export const justAfter = (instant: Instant): Instant => {
  const [seconds, fraction = ''] = instant.slice(0, -1).split('.') as [string, string?];
  const microseconds = Number(fraction.padEnd(6, '0')) + 1;
  if (microseconds === 1_000_000) return instantOfSeconds(wholeSeconds(instant) + 1);
  return `${seconds}.${String(microseconds).padStart(6, '0').replace(/0+$/, '')}Z` as Instant;
};

/** Moves by exact time, in whole seconds; a day is 24 hours here. */
export const plusDuration = (
  instant: Instant,
  { days = 0, hours = 0, seconds = 0 }: { readonly days?: number; readonly hours?: number; readonly seconds?: number },
): Instant => {
  const moved = instantOfSeconds(wholeSeconds(instant) + days * 86_400 + hours * 3_600 + seconds);
  return `${moved.slice(0, -1)}${fractionOfSecond(instant)}Z` as Instant;
};
