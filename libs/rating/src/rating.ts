import type { Decimal } from '#kernel';

/** One row of the arithmetic, in major units; the amounts of all steps add up to the rated amount. */
export interface RatingStep {
  /** Which tier took the quantity, counted from 1. */
  readonly tier?: number;
  readonly quantity?: string;
  readonly unitAmount?: string;
  readonly flat?: string;
  /** Why the amount was lifted or cut. */
  readonly limit?: 'minimum' | 'maximum';
  readonly amount: string;
}

/** What a quantity costs, exact and before any rounding, with the arithmetic shown. */
export interface Rating {
  readonly amount: Decimal;
  readonly steps: readonly RatingStep[];
}

/** Stored on every line: a change to what `rate` answers needs a new number. */
export const RATER_VERSION = 1;
