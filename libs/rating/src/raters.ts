import type { ProrationBasis } from './proration.js';

/** What a version of the rater makes of parts of a period. `rate` answers the rest alike by all of them. */
export interface Rater {
  /** By which policies the quantity of a recurring meter is prorated. */
  readonly heldUnitsBy: ReadonlySet<ProrationBasis>;
  /** Whether what a price says of a period is said once, whatever cuts it, and the parts of a period are rounded together. */
  readonly periodsWhole: boolean;
  /** Whether tiers price each unit by how long it was held; else they price the prorated quantity as if it had been used up. */
  readonly tiersByLevel: boolean;
}

const HELD_BY_ALL: ReadonlySet<ProrationBasis> = new Set(['day', 'second', 'fixed30']);

/** By their versions. One that lines were stored with never changes, and never goes: those lines are rated again by it. */
const RATERS: ReadonlyMap<number, Rater> = new Map([
  [1, { heldUnitsBy: new Set<ProrationBasis>(['day']), tiersByLevel: false, periodsWhole: false }],
  [2, { heldUnitsBy: HELD_BY_ALL, tiersByLevel: true, periodsWhole: false }],
  [3, { heldUnitsBy: HELD_BY_ALL, tiersByLevel: true, periodsWhole: true }],
]);

/** Stored on every line: a change to what is made of a price and usage needs a new number. */
export const RATER_VERSION = 3;

/** The last one that rated parts of a period each by itself: what it began to bill of a period, it bills to the end of that. */
export const RATER_OF_PARTS = 2;

export const isRaterVersion = (version: number): boolean => RATERS.has(version);

/** Whether lines of a version were rated by whole periods; what no rater has made counts as today's. */
export const ratesWholePeriods = (version: number): boolean => RATERS.get(version)?.periodsWhole ?? true;

/** @throws RangeError if there was never such a version */
export const raterOf = (version: number): Rater => {
  const rater = RATERS.get(version);
  if (rater === undefined) throw new RangeError(`No rater has version ${version}.`);
  return rater;
};
