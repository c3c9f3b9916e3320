import type { Charge, Terms, PlanVersion, RecurringTerm } from '#contracts';
import { Decimal } from '#kernel';
import { overridden, rate, type PriceOverride } from '#rating';
import { chargeInterval } from '../catalog/plan.js';

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
