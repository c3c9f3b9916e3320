import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOfSeconds, isBefore, wholeSeconds, type Instant } from './instant.js';
import { dateOfEpochDay, plusDays, type LocalDate } from './local-date.js';
import {
  dayAt,
  keeping,
  localDateOf,
  offsetsBetween,
  secondBefore,
  startOfDay,
  zoneOf,
  type LocalTime,
} from './local-time.js';
import { TimeZones, timeZones, useTimeZones, type OffsetFrom } from './time-zones.js';

const YEAR = wholeSeconds('2011-01-01T00:00:00Z' as Instant);
const DAY = 86_400;

/** From the first instant on one offset, from the second on the other. */
class OneTurn extends TimeZones {
  readonly release = 'made up';

  constructor(
    private readonly turn: Instant,
    private readonly before: number,
    private readonly after: number,
  ) {
    super();
  }

  knows(): boolean {
    return true;
  }

  localDateOf(instant: Instant): LocalDate {
    const seconds = isBefore(instant, this.turn) ? this.before : this.after;
    return dateOfEpochDay(Math.floor((wholeSeconds(instant) + seconds) / DAY));
  }

  startOfDay(date: LocalDate): Instant {
    const utc = wholeSeconds(`${date}T00:00:00Z` as Instant);
    const [first, second] = [instantOfSeconds(utc - this.before), instantOfSeconds(utc - this.after)];
    if (isBefore(first, this.turn)) return first;
    return isBefore(second, this.turn) ? this.turn : second;
  }

  offsets(from: Instant, to: Instant): readonly OffsetFrom[] {
    if (!isBefore(from, this.turn)) return [{ from, seconds: this.after }];
    const turned = !isBefore(this.turn, to) ? [] : [{ from: this.turn, seconds: this.after }];
    return [{ from, seconds: this.before }, ...turned];
  }
}

const under = <Found>(rules: TimeZones, work: () => Found): Found => {
  const before = useTimeZones(rules);
  try {
    return work();
  } finally {
    useTimeZones(before);
  }
};

const instant = fc.integer({ min: 0, max: 366 * DAY }).map((seconds) => instantOfSeconds(YEAR + seconds));
const date = fc.integer({ min: -2, max: 368 }).map((days) => plusDays('2011-01-01' as LocalDate, days));
const ordered = fc
  .tuple(instant, instant)
  .map(([left, right]) => (isBefore(right, left) ? [right, left] : [left, right]));
const place = fc.constantFrom(
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'America/Vancouver',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Africa/Casablanca',
);
const hours = fc.constantFrom(-11, -8, -7, -3.5, 0, 1, 5.75, 9, 10, 13, 14);
const rules = fc
  .tuple(instant, hours, hours)
  .map(([turn, before, after]) => new OneTurn(turn, before * 3_600, after * 3_600));

describe('what is kept of a zone', () => {
  it('by the rules that are still in use changes nothing', () => {
    fc.assert(
      fc.property(place, fc.array(ordered, { maxLength: 4 }), instant, date, (timeZone, stretches, at, day) => {
        const zone = stretches.reduce(
          (known, [from, to]) => keeping(known, offsetsBetween(from!, to!, zoneOf(timeZone))),
          zoneOf(timeZone),
        );
        expect(localDateOf(at, zone)).toBe(localDateOf(at, timeZone));
        expect(startOfDay(day, zone)).toBe(startOfDay(day, timeZone));
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('stays as it was under other rules, each of its days', () => {
    fc.assert(
      fc.property(rules, rules, ordered, instant, (old, now, [from, to], at) => {
        const [zone, day] = under(old, () => [
          keeping(zoneOf('Somewhere'), offsetsBetween(from!, to!, zoneOf('Somewhere'))),
          localDateOf(at, 'Somewhere'),
        ]);
        const inside = !isBefore(at, from!) && isBefore(at, to!);
        under(now, () => {
          if (inside) expect(localDateOf(at, zone)).toBe(day);
          const again = keeping(zoneOf('Somewhere'), offsetsBetween(from!, to!, zone));
          if (inside) expect(localDateOf(at, again)).toBe(day);
        });
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  /** Rules that skip no clock back: then days go on without exception. */
  const forward = rules.filter((rule) =>
    rule
      .offsets('2010-01-01T00:00:00Z' as Instant, '2013-01-01T00:00:00Z' as Instant)
      .every(({ seconds }, index, all) => index === 0 || seconds >= all[index - 1]!.seconds),
  );

  it('goes on with the rules in use: no moment is in two days, and none in no day', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(forward, ordered), { minLength: 1, maxLength: 3 }),
        forward,
        instant,
        date,
        (past, now, at, day) => {
          const zone = past.reduce<LocalTime>(
            (known, [rule, [from, to]]) => under(rule, () => keeping(known, offsetsBetween(from!, to!, known))),
            zoneOf('Somewhere'),
          );
          under(now, () => {
            const [begins, next] = [startOfDay(day, zone), startOfDay(plusDays(day, 1), zone)];
            expect(isBefore(next, begins)).toBe(false);
            if (!isBefore(at, next)) expect(localDateOf(at, zone) >= day).toBe(true);
            if (isBefore(at, begins)) expect(localDateOf(at, zone) < day).toBe(true);
            if (isBefore(begins, next)) expect(localDateOf(begins, zone) <= day).toBe(true);
          });
        },
      ),
      { numRuns: 400, seed: 3 },
    );
  });

  it('knows an instant’s day without its clock, and a midnight for a midnight', () => {
    const late = '2011-06-14T23:30:00Z' as Instant;
    const known = keeping(zoneOf('Europe/Berlin'), [dayAt(late, '2011-06-14' as LocalDate)]);
    expect(localDateOf(late, known)).toBe('2011-06-14');
    expect(startOfDay('2011-06-15' as LocalDate, known)).toBe(late);
    const turned = keeping(zoneOf('Europe/Berlin'), [secondBefore(late, '2011-06-15' as LocalDate)]);
    expect(localDateOf(late, turned)).toBe('2011-06-15');
    expect(localDateOf('2011-06-14T23:29:59.9Z' as Instant, turned)).toBe('2011-06-14');
    expect(startOfDay('2011-06-15' as LocalDate, turned)).toBe(late);
  });

  it('is nothing in UTC', () => {
    const at = '2011-06-14T23:30:00Z' as Instant;
    expect(keeping(zoneOf('UTC'), [dayAt(at, '2011-06-15' as LocalDate)]).kept).toEqual([]);
    expect(timeZones().release).not.toBe('');
  });
});
