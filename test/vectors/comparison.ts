import { Decimal, isDecimal } from '#kernel';

/**
 * Whether an answer is the expected one. Decimals are equal by value (`4.0` and `4`, text or number), lists by place,
 * objects by all their keys; nothing may be missing and nothing be left over.
 */
export const matches = (expected: unknown, got: unknown): boolean => {
  const [left, right] = [decimalOf(expected), decimalOf(got)];
  if (left !== undefined && right !== undefined) return left.equals(right);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(got) && got.length === expected.length && expected.every((item, index) => matches(item, got[index]))
    );
  }
  if (isRecord(expected)) {
    if (!isRecord(got)) return false;
    const keys = Object.keys(expected);
    return (
      keys.length === Object.keys(got).length && keys.every((key) => key in got && matches(expected[key], got[key]))
    );
  }
  return expected === got;
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);

const decimalOf = (value: unknown): Decimal | undefined => {
  if (value instanceof Decimal) return value;
  if (typeof value === 'bigint') return Decimal.of(value);
  const text = typeof value === 'number' ? String(value) : value;
  // Wider than the largest that the product takes from outside, such as 2¹²⁸ - 1.
  if (typeof text === 'string' && /^-?\d{39,}$/.test(text)) return Decimal.of(BigInt(text));
  return isDecimal(text) ? Decimal.parse(text) : undefined;
};

/** An answer as text for people: decimals and big integers as they are written in cases. */
export const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)) ?? 'nothing';
