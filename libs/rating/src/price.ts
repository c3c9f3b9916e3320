import type { Rounding } from '#kernel';

/** How a quantity is rounded: `up` and `down` away from and towards zero, `half_up` half away from zero. */
export interface UnitRounding {
  readonly mode: Extract<Rounding, 'half_up' | 'up' | 'down'>;
  /** After the point; below zero to tens, hundreds, … */
  readonly digits: number;
}

/** What is measured turned into what is priced, in this order: 7,400 tokens are 7.4 thousands, rounded up to 8. */
export interface UnitConversion {
  readonly multiplyBy?: string;
  readonly divideBy?: string;
  readonly rounding?: UnitRounding;
  /** Come off what was converted. */
  readonly freeUnits?: string;
}

/** Amounts are decimals in major units of the plan's currency, of any precision; quantities are decimals too. */
export interface PriceOptions {
  /** The least and the most that one period costs. */
  readonly minimum?: string;
  readonly maximum?: string;
  /** How the line is rounded to minor units; `half_up` (half away from zero) unless named. */
  readonly rounding?: 'half_up' | 'half_even';
  readonly conversion?: UnitConversion;
}

/** Covers quantities up to and including `upTo`; `null` has no end. */
export interface Tier {
  readonly upTo: string | null;
  /** Of one unit, or of one block. */
  readonly unitAmount: string;
  /** Once, as soon as the tier is entered. */
  readonly flatAmount?: string;
  /** Units are sold by whole blocks of this size: a begun one counts. */
  readonly blockSize?: string;
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

/** A part of the quantity, which is an amount of money itself, and a fixed amount for each reading. */
export interface PercentagePrice extends PriceOptions {
  readonly model: 'percentage';
  /** In percent: `2.9` takes 2.90 of 100.00. */
  readonly rate: string;
  readonly fixedAmount?: string;
  /** Of the quantity, this much is free. */
  readonly freeUnits?: string;
  /** This many readings bear no fixed amount. */
  readonly freeEvents?: string;
  /** The least and the most that one reading costs. Readings are then priced one by one, and free ones come off in their order. */
  readonly eventMinimum?: string;
  readonly eventMaximum?: string;
}

export interface RateTier {
  readonly upTo: string | null;
  /** In percent. */
  readonly rate: string;
  readonly flatAmount?: string;
}

/** Each tier takes its rate of the part that falls into it. */
export interface GraduatedPercentagePrice extends PriceOptions {
  readonly model: 'graduated_percentage';
  readonly tiers: readonly RateTier[];
  readonly flatFeeOnZero?: boolean;
}

/** What may price units beyond a commitment. */
export type OveragePrice = FlatPrice | PerUnitPrice | GraduatedPrice | VolumePrice | PackagePrice;

/** So many units for an amount that is due whether they are used or not; what is used beyond has a price of its own. */
export interface CommittedPrice extends PriceOptions {
  readonly model: 'committed';
  readonly committedUnits: string;
  readonly amount: string;
  readonly overage: OveragePrice;
}

export interface MatrixCell {
  /** Property values that a reading has to have; none fit every reading. */
  readonly match: Readonly<Record<string, string>>;
  readonly unitAmount: string;
}

/** Priced by properties: of the cells that fit, the first counts. What no cell fits is free, and shown. */
export interface MatrixPrice extends PriceOptions {
  readonly model: 'matrix';
  readonly dimensions: readonly string[];
  readonly cells: readonly MatrixCell[];
}

export type Price = OveragePrice | PercentagePrice | GraduatedPercentagePrice | CommittedPrice | MatrixPrice;

/** Models that price what was measured of readings, and nothing else. */
export const isUsagePrice = (price: Price): boolean => price.model === 'matrix' || pricesReadings(price);

/** Whether each reading is priced by itself. */
export const pricesReadings = (price: Price): boolean =>
  price.model === 'percentage' && (price.eventMinimum !== undefined || price.eventMaximum !== undefined);

/** Whether units that are held for a part of the period are priced by the tiers that they sit in. */
export const tiersHeldUnits = (price: Price): boolean => price.model === 'graduated' || price.model === 'volume';

/** The properties that usage has to be broken down by before it can be priced. */
export const pricedDimensions = (price: Price): readonly string[] => (price.model === 'matrix' ? price.dimensions : []);

/** Whether each unit costs the same, below zero as above it. */
export const isLinear = ({ model, conversion }: Price): boolean =>
  (model === 'per_unit' || model === 'matrix') && conversion?.freeUnits === undefined;
