import { Decimal, isDecimal } from '#kernel';

/** Whether two prices (or what was agreed of them) say the same: numbers by value, members in any order. */
export const isSameAgreement = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (isDecimal(left) && isDecimal(right)) return Decimal.parse(left).equals(Decimal.parse(right));
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') return false;
  const [own, other] = [membersOf(left), membersOf(right)];
  return own.length === other.length && own.every(([key, value]) => isSameAgreement(value, memberOf(right, key)));
};

const membersOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

const memberOf = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
