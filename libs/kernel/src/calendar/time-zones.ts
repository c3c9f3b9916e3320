import { Temporal } from 'temporal-polyfill';
import { isBefore, type Instant } from './instant.js';
import type { LocalDate } from './local-date.js';
import { canonicalZone, isCanonicalZone } from './zone-names.js';

/** From an instant on, a zone’s clocks are so many seconds ahead of UTC. */
export interface OffsetFrom {
  readonly from: Instant;
  readonly seconds: number;
}

/**
 * The port to the rules of time zones. They are facts of the world that change by decree: several times a year, and at times for days
 * that are over. What was billed by the rules of its day is kept with what it billed ({@link LocalTime}).
 */
export abstract class TimeZones {
  /** Of the tz database, such as `2026c`. */
  abstract readonly release: string;
  abstract knows(timeZone: string): boolean;
  abstract localDateOf(instant: Instant, timeZone: string): LocalDate;
  /** The first moment of a day; where midnight does not exist (DST), the first moment after it. */
  abstract startOfDay(date: LocalDate, timeZone: string): Instant;
  /** That of an instant, and those that begin after it and before another, in order. */
  abstract offsets(from: Instant, to: Instant, timeZone: string): readonly OffsetFrom[];
}

const REMEMBERED_MAX = 20_000;

/** Those of the platform that the process runs on. Remembered: zones are slow, and everyone’s periods turn on the same few days. */
export class PlatformTimeZones extends TimeZones {
  private readonly days = new Map<string, LocalDate>();
  private readonly midnights = new Map<string, Instant>();
  private readonly turns = new Map<string, readonly OffsetFrom[]>();

  constructor(readonly release: string) {
    super();
  }

  knows(timeZone: string): boolean {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
      return true;
    } catch {
      return false;
    }
  }

  localDateOf(instant: Instant, timeZone: string): LocalDate {
    return remembered(
      this.days,
      `${instant}${timeZone}`,
      () => zoned(instant, timeZone).toPlainDate().toString() as LocalDate,
    );
  }

  startOfDay(date: LocalDate, timeZone: string): Instant {
    return remembered(this.midnights, `${date}${timeZone}`, () =>
      instantOf(Temporal.PlainDate.from(date).toZonedDateTime(timeZone)),
    );
  }

  offsets(from: Instant, to: Instant, timeZone: string): readonly OffsetFrom[] {
    return remembered(this.turns, `${from}${to}${timeZone}`, () => offsetsIn(from, to, timeZone));
  }
}

const zoned = (instant: Instant, timeZone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);

const instantOf = (local: Temporal.ZonedDateTime): Instant => local.toInstant().toString() as Instant;

const NANOSECONDS = 1_000_000_000;

const offsetsIn = (from: Instant, to: Instant, timeZone: string): OffsetFrom[] => {
  const found: OffsetFrom[] = [];
  let [local, begin] = [zoned(from, timeZone), from];
  for (;;) {
    found.push({ from: begin, seconds: local.offsetNanoseconds / NANOSECONDS });
    const next = local.getTimeZoneTransition('next');
    if (next === null || !isBefore(instantOf(next), to)) return found;
    [local, begin] = [next, instantOf(next)];
  }
};

const remembered = <Found>(known: Map<string, Found>, key: string, find: () => Found): Found => {
  let found = known.get(key);
  if (found === undefined) {
    if (known.size === REMEMBERED_MAX) known.clear();
    found = find();
    known.set(key, found);
  }
  return found;
};

let inUse: TimeZones = new PlatformTimeZones('unknown');

/** The rules that this process goes by. */
export const timeZones = (): TimeZones => inUse;

/** Set once, at start, as a process learns which release it has; tests have sets of their own. Answers those before. */
export const useTimeZones = (rules: TimeZones): TimeZones => {
  const before = inUse;
  inUse = rules;
  return before;
};

/** Whether the name is the one by which the tz database calls a place, and the rules in use have it; `UTC` included. */
export const isTimeZone = (name: string): boolean => isCanonicalZone(name) && (name === 'UTC' || inUse.knows(name));

/** What is wrong with a name that is none, and what is meant by it where that is sure. */
export const timeZoneRefusal = (name: string): string => {
  const meant = canonicalZone(name);
  if (meant === name) return `The rules in use (tz database ${inUse.release}) do not have “${name}” yet.`;
  return meant === undefined
    ? 'This is no time zone of the tz database, such as Europe/Berlin or UTC. Offsets and abbreviations are none.'
    : `The tz database calls this time zone “${meant}”.`;
};
