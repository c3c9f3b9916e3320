import { Chance } from './chance.js';
import { customersOf, type Customer } from './customers.js';
import { lifeOf, versionMonth, type Decision, type Stay } from './decisions.js';
import { isLate, readingsOf, type DemoReading } from './readings.js';
import { dayOf, monthBegins, stopsOf, type Stop } from './stops.js';

export interface StoryTerms {
  readonly seed: string;
  /** The first month: `2025-01`. */
  readonly from: string;
  readonly months: number;
}

const MONTHS_UNPAID = 6;

/** What happens in a company, told before it happens. It follows from the seed alone, so that it can be taken up wherever it was left. */
export class Story {
  readonly chance: Chance;
  readonly stops: readonly Stop[];
  readonly customers: readonly Customer[];
  private readonly stays = new Map<string, readonly Stay[]>();
  private readonly decisions: ReadonlyMap<number, readonly Decision[]>;

  constructor(readonly terms: StoryTerms) {
    const { seed, from, months } = terms;
    this.chance = new Chance(seed);
    this.stops = stopsOf(from, months, this.chance);
    this.customers = customersOf(months, this.chance);
    const decisions = this.customers.flatMap((customer) => {
      const life = lifeOf(customer, this.stops, from, this.chance);
      this.stays.set(customer.key, life.stays);
      return life.decisions;
    });
    this.decisions = Map.groupBy(decisions, ({ stop }) => stop);
  }

  decisionsAt(stop: number): readonly Decision[] {
    return this.decisions.get(stop) ?? [];
  }

  /** What was used since the stop before, as far as it is known by now, and in the middle of a month what of the last one comes late. */
  readingsAt(stop: number): readonly DemoReading[] {
    if (stop === 0) return [];
    const known = this.readingsBetween(stop - 1, stop, false);
    return isMiddle(stop) && stop >= 3 ? [...known, ...this.readingsBetween(stop - 3, stop - 1, true)] : known;
  }

  /** At which stop the second version of a plan is there: for those of its month, and not before. */
  get versionStop(): number {
    return 2 * versionMonth(this.terms.months);
  }

  /** The day from which on whoever stops paying does. */
  get stopsPayingOn(): string {
    return dayOf(monthBegins(this.terms.from, Math.max(0, this.terms.months - MONTHS_UNPAID)));
  }

  /** The stop in the middle of a month that lies so far into the story, in hundredths of it. */
  middleAt(hundredths: number): number {
    return 2 * Math.floor((this.terms.months * hundredths) / 100) + 1;
  }

  private readingsBetween(from: number, to: number, late: boolean): readonly DemoReading[] {
    const between = [this.stops[from]!.at, this.stops[to]!.at] as const;
    return this.customers.flatMap((customer) =>
      readingsOf(customer, this.stays.get(customer.key)!, between, this.stops[0]!.at, this.chance).filter(
        (reading) => isLate(customer, reading, this.chance) === late,
      ),
    );
  }
}

const isMiddle = (stop: number): boolean => stop % 2 === 1;
