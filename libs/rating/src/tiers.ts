import { Decimal } from '#kernel';
import type { Tier } from './price.js';

export interface ParsedTier {
  /** Exclusive lower and inclusive upper bound; the last tier has no upper one. */
  readonly above: Decimal;
  readonly upTo: Decimal | null;
  readonly unitAmount: Decimal;
  readonly flatAmount: Decimal;
}

const parsed = new WeakMap<readonly Tier[], readonly ParsedTier[]>();

/** Parsed once per plan: tiers are immutable and rated millions of times. */
export const parsedTiers = (tiers: readonly Tier[]): readonly ParsedTier[] => {
  const known = parsed.get(tiers);
  if (known) return known;
  let above = Decimal.zero;
  const result = tiers.map(({ upTo, unitAmount, flatAmount }) => {
    const tier = {
      above,
      upTo: upTo === null ? null : Decimal.parse(upTo),
      unitAmount: Decimal.parse(unitAmount),
      flatAmount: flatAmount === undefined ? Decimal.zero : Decimal.parse(flatAmount),
    };
    above = tier.upTo ?? above;
    return tier;
  });
  parsed.set(tiers, result);
  return result;
};
