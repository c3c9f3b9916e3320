import { Decimal, decimalOfFraction, dividedFraction, fractionOf, timesFraction, type Fraction } from '#kernel';
import type { Price, PercentagePrice, Tier } from './price.js';
import { shareFraction, type ProrationShare } from './proration.js';
import { rate } from './rate.js';
import type { RatedUsage, Rating } from './rating.js';

/** A quotient with so many digits never falls on the bound of a tier that it does not reach: bounds have far fewer. */
const WHOLE_DIGITS = 24;

/** How a quantity goes with time: what is used adds up over a period, a level (a maximum, an average, what is unique) does not. */
export type QuantityNature = 'adds_up' | 'level';

/** What of a period's usage is rated: a part of it, on terms that are not those of its other parts. */
export interface PartOfPeriod {
  readonly share: ProrationShare;
  readonly nature: QuantityNature;
}

/** A rating, and the share of it that is to be paid; all of it where there is none. */
export interface SharedRating {
  readonly rating: Rating;
  readonly share?: ProrationShare;
}

/**
 * Usage of a part of a period, rated as if the whole period went on like it: what is to be paid is the share of that. So each part has
 * its share of what the price says of a period, and all parts together have it once. What says nothing of a period costs the same in parts.
 */
export const ratePart = (
  price: Price,
  quantity: Decimal,
  usage: RatedUsage,
  { share, nature }: PartOfPeriod,
  discountBasisPoints = 0,
): SharedRating => {
  if (nature === 'level') return { rating: rate(price, quantity, usage, discountBasisPoints), share };
  if (price.model === 'percentage')
    return { rating: rate(partOfPercentage(price, share), quantity, usage, discountBasisPoints) };
  if (!saysOfPeriod(price)) return { rating: rate(price, quantity, usage, discountBasisPoints) };
  const part = shareFraction(share);
  return { rating: rate(price, wholeOf(quantity, part), wholeUsage(usage, part), discountBasisPoints), share };
};

/** Of percentages, readings are priced one by one: their free parts and limits are cut, not the readings spread. */
const partOfPercentage = (price: PercentagePrice, share: ProrationShare): PercentagePrice => {
  const part = shareFraction(share);
  const cut = (text: string): string =>
    decimalOfFraction(timesFraction(fractionOf(Decimal.parse(text)), part), WHOLE_DIGITS, 'half_up').toString();
  const wholeEvents = (text: string): string =>
    decimalOfFraction(timesFraction(fractionOf(Decimal.parse(text)), part), 0, 'down').toString();
  return {
    ...price,
    ...(price.freeUnits === undefined ? {} : { freeUnits: cut(price.freeUnits) }),
    ...(price.freeEvents === undefined ? {} : { freeEvents: wholeEvents(price.freeEvents) }),
    ...(price.minimum === undefined ? {} : { minimum: cut(price.minimum) }),
    ...(price.maximum === undefined ? {} : { maximum: cut(price.maximum) }),
  };
};

const wholeOf = (quantity: Decimal, part: Fraction): Decimal =>
  decimalOfFraction(dividedFraction(fractionOf(quantity), part), WHOLE_DIGITS, 'half_up');

const wholeUsage = ({ groups, levels, ...usage }: RatedUsage, part: Fraction): RatedUsage => ({
  ...usage,
  ...(groups === undefined ? {} : { groups: groups.map((one) => ({ ...one, quantity: wholeOf(one.quantity, part) })) }),
  ...(levels === undefined
    ? {}
    : { levels: levels.map(({ change, weight }) => ({ change, weight: dividedFraction(weight, part) })) }),
});

const saysOfPeriod = (price: Price): boolean => {
  const { minimum, maximum, conversion } = price;
  if (minimum !== undefined || maximum !== undefined) return true;
  if (conversion?.rounding !== undefined || conversion?.freeUnits !== undefined) return true;
  switch (price.model) {
    case 'per_unit':
    case 'matrix':
    case 'percentage':
      return false;
    case 'graduated':
    case 'volume':
      return price.tiers.length > 1 || saysOfTier(price.tiers[0]!);
    case 'graduated_percentage':
    case 'flat':
    case 'package':
    case 'committed':
      return true;
  }
};

const saysOfTier = ({ flatAmount, blockSize }: Tier): boolean => flatAmount !== undefined || blockSize !== undefined;
