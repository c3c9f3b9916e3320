import { refuseAt } from '#kernel';
import type { GraduatedPrice, Price, PriceOptions, Tier, VolumePrice } from './price.js';

/** One tier of a price sheet with other amounts; tiers are counted from 1. */
export type TierOverride = { readonly tier: number } & Partial<Pick<Tier, 'unitAmount' | 'flatAmount'>>;

/** What was agreed apart from the plan: another price, single tiers or limits of it, and what is taken off. */
export interface PriceOverride extends Pick<PriceOptions, 'minimum' | 'maximum' | 'rounding'> {
  readonly price?: Price;
  readonly tiers?: readonly TierOverride[];
  /** In basis points of what is rated, before any limit: 1,250 are 12.5 %. */
  readonly discountBasisPoints?: number;
}

/**
 * The price that counts. What an override does not name stays the plan's; a discount is no part of the price.
 * @throws DomainError `tier_not_found`: the price has no such tier, or no tiers
 */
export const overridden = (
  planned: Price,
  { price = planned, tiers = [], discountBasisPoints: _, ...limits }: PriceOverride,
): Price => {
  if (tiers.length === 0) return { ...price, ...limits };
  if (price.model !== 'graduated' && price.model !== 'volume') return noTier(0);
  return { ...withTiers(price, tiers), ...limits };
};

const withTiers = (price: GraduatedPrice | VolumePrice, overrides: readonly TierOverride[]): Price => {
  const tiers: Tier[] = [...price.tiers];
  for (const [index, { tier, ...amounts }] of overrides.entries()) {
    const known = tiers[tier - 1] ?? noTier(index);
    tiers[tier - 1] = { ...known, ...amounts };
  }
  return { ...price, tiers };
};

const noTier = (index: number): never =>
  refuseAt(`/tiers/${index}/tier`, 'tier_not_found', 'The price has no such tier.');
