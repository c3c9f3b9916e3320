import type { ProrationBasis } from './proration.js';

/** What a version of the rater makes of units that are held for parts of a period. `rate` answers the rest alike by all of them. */
export interface Rater {
  /** By which policies the quantity of a recurring meter is prorated. */
  readonly heldUnitsBy: ReadonlySet<ProrationBasis>;
  /** Whether tiers price each unit by how long it was held; else they price the prorated quantity as if it had been used up. */
  readonly tiersByLevel: boolean;
}

/** By their versions. One that lines were stored with never changes, and never goes: those lines are rated again by it. */
const RATERS: ReadonlyMap<number, Rater> = new Map([
  [1, { heldUnitsBy: new Set<ProrationBasis>(['day']), tiersByLevel: false }],
  [2, { heldUnitsBy: new Set<ProrationBasis>(['day', 'second', 'fixed30']), tiersByLevel: true }],
]);

/** Stored on every line: a change to what is made of a price and usage needs a new number. */
export const RATER_VERSION = 2;

export const isRaterVersion = (version: number): boolean => RATERS.has(version);

/** @throws RangeError if there was never such a version */
export const raterOf = (version: number): Rater => {
  const rater = RATERS.get(version);
  if (rater === undefined) throw new RangeError(`No rater has version ${version}.`);
  return rater;
};
