import type { Chance } from './chance.js';

const DAY_MILLISECONDS = 86_400_000;

/** A moment at which the clock of the demo halts, so that people can decide things: twice a month. */
export interface Stop {
  readonly at: Date;
  /** Counted from the first one. */
  readonly month: number;
}

/** The first moment of the first month, then one about the middle and one at the end of each, and the moment after the last. */
export const stopsOf = (from: string, months: number, chance: Chance): readonly Stop[] => {
  const stops: Stop[] = [{ at: monthBegins(from, 0), month: 0 }];
  for (let month = 0; month < months; month++) {
    const middle = chance.whole(9, 18, 'middle', month);
    stops.push({ at: new Date(monthBegins(from, month).getTime() + middle * DAY_MILLISECONDS), month });
    // An hour before the month turns: what was used in it is known by then, but for what comes late.
    stops.push({ at: new Date(monthBegins(from, month + 1).getTime() - 3_600_000), month });
  }
  return [...stops, { at: monthBegins(from, months), month: months - 1 }];
};

export const monthBegins = (from: string, month: number): Date => {
  const [year, first] = from.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, first - 1 + month, 1));
};

export const instantOf = (at: Date): string => at.toISOString().replace('.000Z', 'Z');
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
export const daysLater = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(day) + days * DAY_MILLISECONDS));
