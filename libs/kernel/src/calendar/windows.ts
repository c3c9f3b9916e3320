import { isBefore, parseInstant, plusDuration, type Instant } from './instant.js';
import type { LocalDate } from './local-date.js';
import { localDateOf, startOfDay, type Zone } from './local-time.js';
import { calendarRhythm, turningDay, turnsUntil } from './rhythm.js';

/** What usage is cut into. Minutes and hours are those of UTC; days, weeks (from Monday) and months turn at the midnights of a zone. */
export type WindowUnit = 'minute' | 'hour' | 'day' | 'week' | 'month';

/** A half-open stretch of time. */
export interface TimeWindow {
  readonly start: Instant;
  readonly end: Instant;
}

/** The minute or hour (of UTC), or the stretch of local days, that an instant falls in. */
export const windowContaining = (at: Instant, unit: WindowUnit, zone: Zone): TimeWindow => {
  if (unit === 'minute') {
    const start = parseInstant(`${at.slice(0, 16)}:00Z`);
    return { start, end: plusDuration(start, { seconds: 60 }) };
  }
  if (unit === 'hour') {
    const start = parseInstant(`${at.slice(0, 13)}:00:00Z`);
    return { start, end: plusDuration(start, { hours: 1 }) };
  }
  const day = localDateOf(at, zone);
  // Counted from a Monday and first of January, so that weeks begin on Mondays and months on their first.
  const rhythm = unit === 'day' ? EACH_DAY : calendar(unit);
  let turn = turnsUntil(rhythm, day) + 1;
  // A day that rules left short when they changed may be over where it begins.
  while (!isBefore(at, startOfDay(turningDay(rhythm, turn), zone))) turn += 1;
  return { start: startOfDay(turningDay(rhythm, turn - 1), zone), end: startOfDay(turningDay(rhythm, turn), zone) };
};

const EACH_DAY = calendarRhythm('2001-01-01' as LocalDate, 'day');

const calendar = (unit: 'week' | 'month') => calendarRhythm('2001-01-01' as LocalDate, unit);

/** All windows from one instant to another, empty ones too; the first and the last are cut to what was asked for. */
export const windowsBetween = ({ start, end }: TimeWindow, unit: WindowUnit, zone: Zone): TimeWindow[] => {
  const windows: TimeWindow[] = [];
  for (let from = start; isBefore(from, end); from = windows.at(-1)!.end) {
    const turn = windowContaining(from, unit, zone).end;
    windows.push({ start: from, end: isBefore(turn, end) ? turn : end });
  }
  return windows;
};
