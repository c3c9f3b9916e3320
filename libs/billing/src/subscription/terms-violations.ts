import type { Terms, PlanVersion, TermsDelta, TrialTerms, Quantities, Overrides, Charge } from '#contracts';
import { DomainError, isDecimal, type Violation } from '#kernel';
import { overridden, type Price, type PriceOverride } from '#rating';
import { chargePriceViolations, trialViolations } from '../catalog/plan.js';

const BASIS_POINTS_MAX = 10_000;

/** Quantities and overrides that the plan has no place for, or that cannot be rated. @throws DomainError */
export const refuseTerms = (
  { quantities, overrides }: Pick<Terms, 'quantities' | 'overrides'>,
  plan: PlanVersion,
): void => {
  refuseViolations(termsViolations({ quantities, overrides }, plan));
};

export const termsViolations = (
  { quantities, overrides }: Pick<Terms, 'quantities' | 'overrides'>,
  plan: PlanVersion,
): Violation[] => [...quantityViolations(quantities, plan), ...overrideViolations(overrides, plan)];

/** What is taken back is of charges that are there. @throws DomainError */
export const refuseRemovals = ({ overrides = {} }: TermsDelta, plan: PlanVersion): void =>
  refuseViolations(
    Object.entries(overrides)
      .filter(([key, override]) => override === null && !chargeIn(plan, key))
      .map(([key]) => noCharge(`/overrides/${escaped(key)}`, key)),
  );

/** @throws DomainError */
export const refuseTrial = (trial: TrialTerms | undefined, { charges }: PlanVersion): void =>
  refuseViolations(trial ? trialViolations(trial, charges) : []);

const refuseViolations = (violations: readonly Violation[]): void => {
  const [first] = violations;
  if (first) throw new DomainError(first.code, first.message, 'refused', violations);
};

const quantityViolations = (quantities: Quantities, plan: PlanVersion): Violation[] =>
  Object.entries(quantities).flatMap(([key, quantity]) => {
    const pointer = `/quantities/${escaped(key)}`;
    const charge = chargeIn(plan, key);
    if (!charge || charge.kind === 'usage') {
      return [
        violation(pointer, 'charge_not_found', `The plan has no charge “${key.slice(0, 128)}” that takes a quantity.`),
      ];
    }
    return isDecimal(quantity) && !quantity.startsWith('-')
      ? []
      : [violation(pointer, 'invalid_decimal', 'A quantity is a plain decimal, not below zero.')];
  });

const overrideViolations = (overrides: Overrides, plan: PlanVersion): Violation[] =>
  Object.entries(overrides).flatMap(([key, override]) => {
    const charge = chargeIn(plan, key);
    const found = charge
      ? [...discountViolations(override), ...priceOverrideViolations(charge, override)]
      : [noCharge('', key)];
    return found.map(({ pointer, ...rest }) => ({ pointer: `/overrides/${escaped(key)}${pointer}`, ...rest }));
  });

const noCharge = (pointer: string, key: string): Violation =>
  violation(pointer, 'charge_not_found', `The plan has no charge “${key.slice(0, 128)}”.`);

const discountViolations = ({ discountBasisPoints: discount = 0 }: PriceOverride): Violation[] =>
  Number.isInteger(discount) && discount >= 0 && discount <= BASIS_POINTS_MAX
    ? []
    : [violation('/discountBasisPoints', 'invalid_basis_points', 'A discount is a whole number from 0 to 10,000.')];

const priceOverrideViolations = (charge: Charge, override: PriceOverride): Violation[] => {
  let price: Price;
  try {
    price = overridden(charge.price, override);
  } catch (error) {
    if (error instanceof DomainError) return [...error.violations];
    throw error;
  }
  return chargePriceViolations({ kind: charge.kind, price }).map(({ pointer, ...rest }) => ({
    pointer: named(pointer, override),
    ...rest,
  }));
};

/** Where the override says what a place in the price that it makes says. */
const named = (pointer: string, { price, tiers = [], ...options }: PriceOverride): string => {
  const [, field, index, ...rest] = pointer.split('/');
  if (field === 'tiers') {
    const at = tiers.findLastIndex(({ tier }) => tier === Number(index) + 1);
    if (at >= 0) return ['/tiers', at, ...rest].join('/');
  }
  if (field === 'minimum' || field === 'maximum') {
    if (options[field] !== undefined) return pointer;
    // A maximum that was there before is crossed by the minimum that is new.
    if (options.minimum !== undefined) return '/minimum';
  }
  return price === undefined ? pointer : `/price${pointer}`;
};

const chargeIn = ({ charges }: PlanVersion, key: string): Charge | undefined =>
  charges.find((candidate) => candidate.key === key);

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
