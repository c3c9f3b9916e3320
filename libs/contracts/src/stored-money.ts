import type { Json } from '#kernel';
import { isMoneyShape } from './facts/shapes.js';

type Members = Record<string, Json | bigint>;
type Reading = (value: Members) => void;

/** The parts of a JSON Schema that our shapes are made of. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly patternProperties?: Readonly<Record<string, Shape>>;
}

/**
 * Reads a stored fact back in place: where its shape has money, `minor` becomes a bigint again. It goes by the shape,
 * because in a tenant's own records (metadata, quantities by charge) `minor` is a key like any other.
 */
export const moneyReading = (shape: object): Reading => readingOf(shape) ?? (() => undefined);

const readingOf = ({ properties, items, anyOf, patternProperties }: Shape): Reading | undefined => {
  if ([...(anyOf ?? []), ...Object.values(patternProperties ?? {})].some((part) => readingOf(part))) {
    throw new TypeError('Money stands in an object or a list, nowhere else.');
  }
  if (items) {
    const each = readingOf(items);
    return each && ((list) => (list as unknown as Members[]).forEach(each));
  }
  if (!properties) return undefined;
  if (isMoneyShape({ properties })) {
    return (money) => {
      money.minor = BigInt(money.minor as string);
    };
  }
  const parts = Object.entries(properties).flatMap(([name, part]) => {
    const reading = readingOf(part);
    return reading ? [{ name, reading }] : [];
  });
  if (parts.length === 0) return undefined;
  return (members) => {
    for (const { name, reading } of parts)
      if (members[name] !== undefined) reading(members[name] as unknown as Members);
  };
};
