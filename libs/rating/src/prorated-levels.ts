import {
  Decimal,
  decimalOfFraction,
  dividedFraction,
  fractionOf,
  maxDecimal,
  minDecimal,
  sumOfParts,
  timesFraction,
  type Fraction,
} from '#kernel';
import type { Tier } from './price.js';
import type { RoundingRule } from './proration.js';
import { parsedTiers, type ParsedTier } from './tiers.js';

/** Units come or go in the middle of a period: by how many the level moves, and what that weighs for the rest of the period. */
export interface LevelChange {
  readonly change: Decimal;
  /** The change times the part of the period that is left: below zero where units go. */
  readonly weight: Decimal;
}

/**
 * What units cost that are held for parts of a period, in graduated tiers: the weight of each change is spread evenly over the units
 * that it crosses, and each of them is priced by the tier that it is in. Flat amounts are due in full for every tier that the
 * highest level reached. Rounded once. (Lago's prorated graduated charge.)
 */
export const rateProratedLevels = (
  tiers: readonly Tier[],
  changes: readonly LevelChange[],
  { digits, rounding = 'half_up' }: RoundingRule,
): Decimal => {
  const parsed = parsedTiers(tiers);
  const parts: Fraction[] = [];
  let level = Decimal.zero;
  let highest = Decimal.zero;
  for (const { change, weight } of changes) {
    const next = level.plus(change);
    if (!change.isZero) parts.push(...parsed.map((tier) => crossed(tier, level, next, weight)));
    level = next;
    highest = maxDecimal(highest, level);
  }
  const flats = parsed
    .filter(({ above }) => highest.compare(above) > 0)
    .map(({ flatAmount }) => fractionOf(flatAmount));
  return decimalOfFraction(sumOfParts([...parts, ...flats]), digits, rounding);
};

/** weight × unit amount × the share of the crossed units that lie in the tier. */
const crossed = ({ above, upTo, unitAmount }: ParsedTier, from: Decimal, to: Decimal, weight: Decimal): Fraction => {
  const [low, high] = [minDecimal(from, to), maxDecimal(from, to)];
  const top = upTo === null ? high : minDecimal(high, upTo);
  const within = maxDecimal(top.minus(maxDecimal(low, above)), Decimal.zero);
  const share = dividedFraction(fractionOf(within), fractionOf(high.minus(low)));
  return timesFraction(fractionOf(weight.times(unitAmount)), share);
};
