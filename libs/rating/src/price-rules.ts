import { Decimal, isDecimal, type Violation } from '#kernel';
import type { CommittedPrice, MatrixPrice, PercentagePrice, Price, RateTier, Tier, UnitConversion } from './price.js';

/** What is wrong with a price, by JSON pointer below the price; empty if it can be rated. */
export const priceViolations = (price: Price): Violation[] => [
  ...modelViolations(price),
  ...conversionViolations(price.conversion),
  ...limitViolations(price, 'minimum', 'maximum'),
];

const limitViolations = <Fields extends object>(
  fields: Fields,
  minimum: keyof Fields & string,
  maximum: keyof Fields & string,
): Violation[] => {
  const [least, most] = [fields[minimum] as unknown, fields[maximum] as unknown];
  const crossed = isDecimal(least) && isDecimal(most) && Decimal.parse(least).compare(Decimal.parse(most)) > 0;
  return [
    ...decimals(fields, [minimum, maximum]),
    ...(crossed ? [violation(`/${maximum}`, 'maximum_below_minimum', 'The maximum is below the minimum.')] : []),
  ];
};

const conversionViolations = (conversion: UnitConversion | undefined): Violation[] => {
  if (conversion === undefined) return [];
  const found = [
    ...decimals(conversion, ['multiplyBy', 'divideBy', 'freeUnits']),
    ...(isZero(conversion.divideBy) ? [violation('/divideBy', 'division_by_zero', 'Nothing is divided by zero.')] : []),
  ];
  return below('/conversion', found);
};

const modelViolations = (price: Price): Violation[] => {
  switch (price.model) {
    case 'flat':
      return decimals(price, ['amount']);
    case 'per_unit':
      return decimals(price, ['unitAmount']);
    case 'package':
      return [
        ...decimals(price, ['amount', 'size', 'freeUnits']),
        ...(isZero(price.size) ? [violation('/size', 'invalid_package_size', 'A package has a size above zero.')] : []),
      ];
    case 'graduated':
    case 'volume':
      return tierViolations(price.tiers, ['unitAmount', 'flatAmount', 'blockSize']);
    case 'graduated_percentage':
      return tierViolations(price.tiers, ['rate', 'flatAmount']);
    case 'percentage':
      return percentageViolations(price);
    case 'committed':
      return committedViolations(price);
    case 'matrix':
      return matrixViolations(price);
  }
};

const percentageViolations = (price: PercentagePrice): Violation[] => [
  ...decimals(price, ['rate', 'fixedAmount', 'freeUnits', 'freeEvents']),
  ...limitViolations(price, 'eventMinimum', 'eventMaximum'),
];

const committedViolations = (price: CommittedPrice): Violation[] => [
  ...decimals(price, ['committedUnits', 'amount']),
  ...below('/overage', priceViolations(price.overage)),
];

const matrixViolations = ({ dimensions, cells }: MatrixPrice): Violation[] => [
  ...(dimensions.length === 0 ? [violation('/dimensions', 'invalid_matrix', 'There is at least one dimension.')] : []),
  ...(cells.length === 0 ? [violation('/cells', 'invalid_matrix', 'There is at least one cell.')] : []),
  ...cells.flatMap((cell, index) =>
    below(`/cells/${index}`, [
      ...decimals(cell, ['unitAmount']),
      ...(Object.keys(cell.match).every((name) => dimensions.includes(name))
        ? []
        : [violation('/match', 'invalid_matrix', 'A cell names dimensions of the price alone.')]),
    ]),
  ),
];

const tierViolations = <One extends Tier | RateTier>(
  tiers: readonly One[],
  names: readonly (keyof One & string)[],
): Violation[] => {
  if (tiers.length === 0) return [violation('/tiers', 'invalid_tiers', 'There is at least one tier.')];
  const found = tiers.flatMap((tier, index) =>
    below(`/tiers/${index}`, [
      ...decimals(tier, [...names, ...(tier.upTo === null ? [] : (['upTo'] as const))]),
      ...('blockSize' in tier && isZero(tier.blockSize)
        ? [violation('/blockSize', 'invalid_package_size', 'A block has a size above zero.')]
        : []),
    ]),
  );
  return found.length > 0 ? found : orderViolations(tiers);
};

const orderViolations = (tiers: readonly (Tier | RateTier)[]): Violation[] => {
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

const isZero = (text: unknown): boolean => isDecimal(text) && Decimal.parse(text).isZero;

const below = (path: string, violations: readonly Violation[]): Violation[] =>
  violations.map(({ pointer, ...rest }) => ({ pointer: `${path}${pointer}`, ...rest }));

const violation = (pointer: string, code: string, message: string): Violation => ({ pointer, code, message });
