import {
  instantOfSeconds,
  isBefore,
  later,
  TimeZones,
  timeZones,
  useTimeZones,
  wholeSeconds,
  epochDay,
  dateOfEpochDay,
  type Instant,
  type LocalDate,
  type OffsetFrom,
} from '#kernel';

/** From an instant on (the first one: always), so many hours ahead of UTC. */
export type RulesOfZone = readonly (readonly [from: string | null, hours: number])[];

interface Rule extends OffsetFrom {
  readonly to: Instant;
}

const DAY_SECONDS = 86_400;
const BEGINNING = '0001-01-01T00:00:00Z' as Instant;
const END = '9999-12-31T23:59:59Z' as Instant;

/** Rules that a spec made up, of the zones that it names; others go by the rules in use. */
export class FixedRules extends TimeZones {
  private readonly others = timeZones();
  private readonly zones: ReadonlyMap<string, readonly Rule[]>;

  constructor(
    readonly release: string,
    zones: Readonly<Record<string, RulesOfZone>>,
  ) {
    super();
    this.zones = new Map(
      Object.entries(zones).map(([name, rules]) => [
        name,
        rules.map(([from, hours], index) => ({
          from: (from ?? BEGINNING) as Instant,
          to: (rules[index + 1]?.[0] ?? END) as Instant,
          seconds: hours * 3_600,
        })),
      ]),
    );
  }

  knows(timeZone: string): boolean {
    return this.zones.has(timeZone) || this.others.knows(timeZone);
  }

  localDateOf(instant: Instant, timeZone: string): LocalDate {
    const rules = this.zones.get(timeZone);
    if (!rules) return this.others.localDateOf(instant, timeZone);
    const { seconds } = rules.findLast(({ from }) => !isBefore(instant, from))!;
    return dateOfEpochDay(Math.floor((wholeSeconds(instant) + seconds) / DAY_SECONDS));
  }

  startOfDay(date: LocalDate, timeZone: string): Instant {
    const rules = this.zones.get(timeZone);
    if (!rules) return this.others.startOfDay(date, timeZone);
    const there = rules.find(({ to, seconds }) => isBefore(midnight(date, seconds), to))!;
    return later(midnight(date, there.seconds), there.from);
  }

  offsets(from: Instant, to: Instant, timeZone: string): readonly OffsetFrom[] {
    const rules = this.zones.get(timeZone);
    if (!rules) return this.others.offsets(from, to, timeZone);
    return rules
      .filter((rule) => isBefore(from, rule.to) && isBefore(rule.from, to))
      .map((rule) => ({ from: later(rule.from, from), seconds: rule.seconds }));
  }
}

const midnight = (date: LocalDate, seconds: number): Instant =>
  instantOfSeconds(epochDay(date) * DAY_SECONDS - seconds);

/** Under other rules, and then under those before again. */
export const underRules = async <Result>(rules: TimeZones, work: () => Result | Promise<Result>): Promise<Result> => {
  const before = useTimeZones(rules);
  try {
    return await work();
  } finally {
    useTimeZones(before);
  }
};
