import type { Decimal, Fraction } from '#kernel';

/** One row of the arithmetic, in major units; the amounts of all steps add up to the rated amount. */
export interface RatingStep {
  /** Which tier took the quantity, counted from 1. */
  readonly tier?: number;
  readonly quantity?: string;
  /** What the quantity was before it was converted. */
  readonly convertedFrom?: string;
  /** The units that chose the tier, where those priced were held for a part of the period. */
  readonly held?: string;
  readonly unitAmount?: string;
  /** In percent of the quantity. */
  readonly rate?: string;
  readonly flat?: string;
  /** Property values of the readings that the quantity is of. */
  readonly group?: Readonly<Record<string, string>>;
  /** Why the amount was lifted or cut. */
  readonly limit?: 'minimum' | 'maximum';
  /** In basis points: what was taken off. */
  readonly discount?: number;
  readonly amount: string;
}

/** What a quantity costs, exact and before any rounding, with the arithmetic shown. */
export interface Rating {
  readonly amount: Decimal;
  readonly steps: readonly RatingStep[];
}

/** Usage of one combination of property values. */
export interface RatedGroup {
  readonly group: Readonly<Record<string, string>>;
  readonly quantity: Decimal;
}

/** Units come or go in the middle of a period: by how many the level moves, and what that weighs for the rest of the period. */
export interface LevelChange {
  readonly change: Decimal;
  /** The change times the part of the period that is left: below zero where units go. */
  readonly weight: Fraction;
}

/** What some models ask of usage beside the quantity. */
export interface RatedUsage {
  /** Readings that were counted. */
  readonly events?: number;
  readonly groups?: readonly RatedGroup[];
  /** The value of each reading, in their order. */
  readonly values?: readonly Decimal[];
  /** How units came and went that are held for parts of the period, in order. The quantity is what they weigh. */
  readonly levels?: readonly LevelChange[];
  /** Whether less than nothing is billed as less than nothing, by prices that are the same for each unit. */
  readonly mayBeNegative?: boolean;
}
