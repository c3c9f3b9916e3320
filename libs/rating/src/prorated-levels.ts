import {
  Decimal,
  decimalOfFraction,
  dividedFraction,
  fractionOf,
  maxDecimal,
  sumOfParts,
  timesFraction,
  type Fraction,
} from '#kernel';
import { convertedUnits, QUOTIENT } from './conversion.js';
import type { GraduatedPrice, UnitConversion } from './price.js';
import type { LevelChange, Rating, RatingStep } from './rating.js';
import { parsedTiers, soldStep, soldWithin, type ParsedTier } from './tiers.js';

/** The level moves from one place to another, for a part of the period. */
interface LevelMove {
  readonly from: Decimal;
  readonly to: Decimal;
  readonly part: Fraction;
}

/** Where the level is after all changes; never below nothing. */
export const levelAfter = (changes: readonly LevelChange[]): Decimal =>
  maxDecimal(
    changes.reduce((level, { change }) => level.plus(change), Decimal.zero),
    Decimal.zero,
  );

/**
 * What units cost that are held for parts of a period, in graduated tiers: the weight of each change is spread evenly over the units
 * that it crosses, and each of them is priced by the tier that it is in. Flat amounts are due in full for every tier that the
 * highest level reached. (Lago's prorated graduated charge.)
 */
export const rateProratedLevels = (price: GraduatedPrice, changes: readonly LevelChange[]): Rating => {
  const moves = movesOf(changes);
  const highest = moves.reduce((level, { to }) => maxDecimal(level, to), Decimal.zero);
  const steps: RatingStep[] = [];
  let amount = Decimal.zero;
  for (const [index, tier] of parsedTiers(price.tiers).entries()) {
    const entered = highest.compare(tier.above) > 0;
    if (!entered && !(index === 0 && price.flatFeeOnZero === true)) break;
    const priced = soldStep(tier, index + 1, heldWithin(tier, moves));
    amount = amount.plus(priced.amount);
    steps.push(priced.step);
  }
  return { amount, steps };
};

/** The changes of the converted level: a change that converts to none weighs nothing. */
export const convertedLevels = (changes: readonly LevelChange[], conversion: UnitConversion): LevelChange[] =>
  movesOf(changes).map(({ from, to, part }) => {
    const change = convertedUnits(to, conversion).minus(convertedUnits(from, conversion));
    return { change, weight: timesFraction(fractionOf(change), part) };
  });

/** The changes by what they weigh: units held for half of the period are half of them. */
export const weightOf = (changes: readonly LevelChange[]): Decimal =>
  decimalOfFraction(sumOfParts(changes.map(({ weight }) => weight)), QUOTIENT.digits, QUOTIENT.mode);

const movesOf = (changes: readonly LevelChange[]): LevelMove[] => {
  const moves: LevelMove[] = [];
  let level = Decimal.zero;
  for (const { change, weight } of changes) {
    if (change.isZero) continue;
    const from = level;
    level = from.plus(change);
    moves.push({
      from: maxDecimal(from, Decimal.zero),
      to: maxDecimal(level, Decimal.zero),
      part: dividedFraction(weight, fractionOf(change)),
    });
  }
  return moves;
};

/** The units, or blocks, that the tier sells of what is held, by the part of the period that they are held for. */
const heldWithin = (tier: ParsedTier, moves: readonly LevelMove[]): Decimal => {
  const parts = moves.map(({ from, to, part }) =>
    timesFraction(fractionOf(soldWithin(tier, to).minus(soldWithin(tier, from))), part),
  );
  return decimalOfFraction(sumOfParts(parts), QUOTIENT.digits, QUOTIENT.mode);
};
