import type { Decimal } from '#kernel';

/** One row of the arithmetic, in major units; the amounts of all steps add up to the rated amount. */
export interface RatingStep {
  /** Which tier took the quantity, counted from 1. */
  readonly tier?: number;
  readonly quantity?: string;
  /** What the quantity was before it was converted. */
  readonly convertedFrom?: string;
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

/** What some models ask of usage beside the quantity. */
export interface RatedUsage {
  /** Readings that were counted. */
  readonly events?: number;
  readonly groups?: readonly RatedGroup[];
  /** The value of each reading, in their order. */
  readonly values?: readonly Decimal[];
}

/** Stored on every line: a change to what `rate` answers needs a new number. */
export const RATER_VERSION = 1;
