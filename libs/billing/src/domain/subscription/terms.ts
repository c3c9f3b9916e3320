import { Decimal } from '#kernel';
import { overridden, rate, type PriceOverride } from '#rating';
import { chargeInterval, type Charge, type PlanVersion } from '../catalog/plan.js';

/** What happens to the unused part of what was billed in advance. */
export type CreditPolicy = 'prorated' | 'none';

/** How what recurs goes over into other terms; `full_difference`: the period is sold whole on the new ones. */
export type ChangeProration = CreditPolicy | 'full_difference';

/** What of a change is chosen beside its terms. */
export interface ChangeOptions {
  readonly proration: ChangeProration;
  /** What it gives back and charges waits for the next regular bill. */
  readonly collect?: 'next_invoice';
  /** A new period begins with it, and the next ones turn on its day. */
  readonly billingCycle?: 'restart';
  /** What prices say of a period of usage begins anew with it. */
  readonly allowances?: 'restart';
}

/** Units per recurring charge; a charge that is not named has one. */
export type Quantities = Readonly<Record<string, string>>;

/** What was agreed apart from the plan, by charge. */
export type Overrides = Readonly<Record<string, PriceOverride>>;

/** What is agreed of the charges that are named; null takes back what was. */
export type OverridesChange = Readonly<Record<string, PriceOverride | null>>;

/** On what a subscription is served. */
export interface Terms {
  readonly plan: string;
  readonly planVersion: number;
  readonly quantities: Quantities;
  readonly overrides: Overrides;
}

/** What a change says of terms; all else stays as it is by then. */
export interface TermsDelta {
  readonly plan?: string;
  /** With `plan`. */
  readonly planVersion?: number;
  /** Of the charges that are named. */
  readonly quantities?: Quantities;
  /** Of the charges that are named. */
  readonly overrides?: OverridesChange;
}

/** One recurring charge in the terms that monthly recurring revenue is computed from. Amount in major units, before rounding. */
export interface RecurringTerm {
  readonly charge: string;
  readonly interval: PlanVersion['interval'];
  readonly amount: string;
}

/** A charge of a plan as it was agreed: with the price that counts. */
export interface AgreedCharge {
  readonly charge: Charge;
  /** Units of what is not measured. */
  readonly units: Decimal;
  readonly override?: PriceOverride;
}

export const agreedCharge = (
  planned: Charge,
  { quantities, overrides }: Pick<Terms, 'quantities' | 'overrides'>,
): AgreedCharge => {
  const units = Object.hasOwn(quantities, planned.key) ? Decimal.parse(quantities[planned.key]!) : Decimal.one;
  if (!Object.hasOwn(overrides, planned.key)) return { charge: planned, units };
  const override = overrides[planned.key]!;
  return { charge: { ...planned, price: overridden(planned.price, override) }, units, override };
};

/** In basis points; what was not agreed takes nothing off. */
export const discountOf = (override: PriceOverride | undefined): number => override?.discountBasisPoints ?? 0;

/** What recurs, as monthly recurring revenue counts it: neither usage nor one-time charges. */
export const recurringTerms = (plan: PlanVersion, terms: Pick<Terms, 'quantities' | 'overrides'>): RecurringTerm[] =>
  plan.charges
    .filter(({ kind }) => kind === 'recurring')
    .map((planned) => {
      const { charge, units, override } = agreedCharge(planned, terms);
      const { amount } = rate(charge.price, units, {}, override?.discountBasisPoints);
      return { charge: charge.key, interval: chargeInterval(plan, charge), amount: amount.toString() };
    });
