import { Decimal, isDecimal, type Violation } from '#kernel';
import type { Price, Tier } from './price.js';

/** What is wrong with a price, by JSON pointer below the price; empty if it can be rated. */
export const priceViolations = (price: Price): Violation[] => [
  ...modelViolations(price),
  ...decimals(price, ['minimum', 'maximum']),
  ...(isDecimal(price.minimum) &&
  isDecimal(price.maximum) &&
  Decimal.parse(price.minimum).compare(Decimal.parse(price.maximum)) > 0
    ? [violation('/maximum', 'maximum_below_minimum', 'The maximum is below the minimum.')]
    : []),
];

const modelViolations = (price: Price): Violation[] => {
  switch (price.model) {
    case 'flat':
      return decimals(price, ['amount']);
    case 'per_unit':
      return decimals(price, ['unitAmount']);
    case 'package':
      return [
        ...decimals(price, ['amount', 'size', 'freeUnits']),
        ...(isDecimal(price.size) && Decimal.parse(price.size).isZero
          ? [violation('/size', 'invalid_package_size', 'A package has a size above zero.')]
          : []),
      ];
    case 'graduated':
    case 'volume':
      return tierViolations(price.tiers);
  }
};

const tierViolations = (tiers: readonly Tier[]): Violation[] => {
  if (tiers.length === 0) return [violation('/tiers', 'invalid_tiers', 'There is at least one tier.')];
  const found = tiers.flatMap((tier, index) =>
    decimals(tier, ['unitAmount', 'flatAmount', ...(tier.upTo === null ? [] : (['upTo'] as const))]).map(
      ({ pointer, ...rest }) => ({ pointer: `/tiers/${index}${pointer}`, ...rest }),
    ),
  );
  return found.length > 0 ? found : orderViolations(tiers);
};

const orderViolations = (tiers: readonly Tier[]): Violation[] => {
  let above = Decimal.zero;
  for (const [index, { upTo }] of tiers.entries()) {
    const last = index === tiers.length - 1;
    if (last !== (upTo === null)) {
      return [violation(`/tiers/${index}/upTo`, 'invalid_tiers', 'The last tier, and no other, has no end (null).')];
    }
    if (upTo !== null && Decimal.parse(upTo).compare(above) <= 0) {
      return [violation(`/tiers/${index}/upTo`, 'invalid_tiers', 'Each tier ends above the one before it.')];
    }
    above = upTo === null ? above : Decimal.parse(upTo);
  }
  return [];
};

const decimals = <Fields extends object>(fields: Fields, names: readonly (keyof Fields & string)[]): Violation[] =>
  names.flatMap((name) => {
    const value: unknown = fields[name];
    if (value === undefined) return [];
    if (!isDecimal(value)) return [violation(`/${name}`, 'invalid_decimal', 'This is not a plain decimal.')];
    return Decimal.parse(value).isNegative ? [violation(`/${name}`, 'negative', 'This is not below zero.')] : [];
  });

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
