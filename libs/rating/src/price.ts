/** Amounts are decimals in major units of the plan's currency, of any precision; quantities are decimals too. */
export interface PriceOptions {
  /** The least and the most that one period costs. */
  readonly minimum?: string;
  readonly maximum?: string;
  /** How the line is rounded to minor units; `half_up` (half away from zero) unless named. */
  readonly rounding?: 'half_up' | 'half_even';
}

/** Covers quantities up to and including `upTo`; `null` has no end. */
export interface Tier {
  readonly upTo: string | null;
  readonly unitAmount: string;
  /** Once, as soon as the tier is entered. */
  readonly flatAmount?: string;
}

export interface FlatPrice extends PriceOptions {
  readonly model: 'flat';
  readonly amount: string;
}

export interface PerUnitPrice extends PriceOptions {
  readonly model: 'per_unit';
  readonly unitAmount: string;
}

/** Each tier prices the units that fall into it. */
export interface GraduatedPrice extends PriceOptions {
  readonly model: 'graduated';
  readonly tiers: readonly Tier[];
  /** Whether the first tier's flat amount is due although nothing was used. */
  readonly flatFeeOnZero?: boolean;
}

/** The tier that the whole quantity falls into prices all of it. */
export interface VolumePrice extends PriceOptions {
  readonly model: 'volume';
  readonly tiers: readonly Tier[];
  readonly flatFeeOnZero?: boolean;
}

/** Sold by whole packages: a begun one counts. Free units come off first. */
export interface PackagePrice extends PriceOptions {
  readonly model: 'package';
  readonly amount: string;
  readonly size: string;
  readonly freeUnits?: string;
}

export type Price = FlatPrice | PerUnitPrice | GraduatedPrice | VolumePrice | PackagePrice;
