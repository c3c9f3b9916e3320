import { Decimal, maxDecimal, minDecimal } from '#kernel';
import type { RateTier, Tier } from './price.js';
import type { RatingStep } from './rating.js';

export interface ParsedTier {
  /** Exclusive lower and inclusive upper bound; the last tier has no upper one. */
  readonly above: Decimal;
  readonly upTo: Decimal | null;
  readonly unitAmount: Decimal;
  readonly flatAmount: Decimal;
  readonly blockSize?: Decimal;
  /** In percent, where the tier takes a part of the quantity. */
  readonly rate?: string;
}

const parsed = new WeakMap<readonly (Tier | RateTier)[], readonly ParsedTier[]>();

/** Parsed once per plan: tiers are immutable and rated millions of times. */
export const parsedTiers = (tiers: readonly (Tier | RateTier)[]): readonly ParsedTier[] => {
  const known = parsed.get(tiers);
  if (known) return known;
  let above = Decimal.zero;
  const result = tiers.map((tier) => {
    const one = parsedTier(tier, above);
    above = one.upTo ?? above;
    return one;
  });
  parsed.set(tiers, result);
  return result;
};

const parsedTier = (tier: Tier | RateTier, above: Decimal): ParsedTier => ({
  above,
  upTo: tier.upTo === null ? null : Decimal.parse(tier.upTo),
  flatAmount: tier.flatAmount === undefined ? Decimal.zero : Decimal.parse(tier.flatAmount),
  ...('rate' in tier
    ? { unitAmount: percentOf(Decimal.one, Decimal.parse(tier.rate)), rate: tier.rate }
    : {
        unitAmount: Decimal.parse(tier.unitAmount),
        ...(tier.blockSize === undefined ? {} : { blockSize: Decimal.parse(tier.blockSize) }),
      }),
});

/** So many percent of an amount, exact. */
export const percentOf = (amount: Decimal, percent: Decimal): Decimal => {
  const product = amount.times(percent);
  return new Decimal(product.coefficient, product.scale + 2);
};

/** The units of a quantity that fall into a tier: above its lower bound, up to and including its upper one. */
export const unitsWithin = ({ above, upTo }: Pick<ParsedTier, 'above' | 'upTo'>, quantity: Decimal): Decimal =>
  (upTo === null ? quantity : minDecimal(quantity, upTo)).minus(above);

type TierPrice = Omit<ParsedTier, 'above' | 'upTo'>;

const soldOf = ({ blockSize }: TierPrice, units: Decimal): Decimal =>
  blockSize === undefined ? units : Decimal.of(units.dividedToInteger(blockSize, 'up'));

/** What a tier sells of a quantity: the units that fall into it, or their blocks; nothing of a quantity below it. */
export const soldWithin = (tier: ParsedTier, quantity: Decimal): Decimal =>
  soldOf(tier, maxDecimal(unitsWithin(tier, quantity), Decimal.zero));

/** What units cost in a tier, its flat amount included; by blocks where it has them. */
export const tierStep = (price: TierPrice, tier: number, units: Decimal): PricedStep =>
  soldStep(price, tier, soldOf(price, units));

interface PricedStep {
  readonly amount: Decimal;
  readonly step: RatingStep;
}

/** What is sold in a tier, units or blocks, at its price, its flat amount included. */
export const soldStep = ({ unitAmount, flatAmount, rate }: TierPrice, tier: number, sold: Decimal): PricedStep => {
  const amount = sold.times(unitAmount).plus(flatAmount);
  const quantity = sold.toString();
  const flat = flatAmount.isZero ? undefined : flatAmount.toString();
  return { amount, step: stepOf(tier, quantity, rate, unitAmount, flat, amount.toString()) };
};

/** Written out case by case: this is the innermost loop of rating, and spreading conditional fields costs as much as the arithmetic. */
const stepOf = (
  tier: number,
  quantity: string,
  rate: string | undefined,
  unitAmount: Decimal,
  flat: string | undefined,
  amount: string,
): RatingStep => {
  if (rate !== undefined)
    return flat === undefined ? { tier, quantity, rate, amount } : { tier, quantity, rate, flat, amount };
  const unit = unitAmount.toString();
  return flat === undefined
    ? { tier, quantity, unitAmount: unit, amount }
    : { tier, quantity, unitAmount: unit, flat, amount };
};
