import { toJson, type AccountId, type Json } from '#kernel';

/** One thing that is not what the log says it is. */
export interface Difference {
  readonly accountId: AccountId;
  /** What was compared: `invoices`, `book`, `lines`, … and which one of them. */
  readonly subject: string;
  readonly field: string;
  readonly expected: Json;
  readonly found: Json;
  /** The first event of the account at which the two part, where that can be told. */
  readonly event?: { readonly stream: string; readonly revision: number };
}

/** Where two values of the same shape differ, by JSON pointer; stops at the first ten. */
export const differencesBetween = (
  accountId: AccountId,
  subject: string,
  expected: unknown,
  found: unknown,
): Difference[] => {
  if (isSame(expected, found)) return [];
  const differences: Difference[] = [];
  const compare = (left: Json | undefined, right: Json | undefined, field: string): void => {
    if (differences.length >= 10) return;
    if (isObject(left) && isObject(right)) {
      for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
        compare((left as Record<string, Json>)[key], (right as Record<string, Json>)[key], `${field}/${key}`);
      }
    } else if (left !== right) {
      differences.push({ accountId, subject, field: field || '/', expected: left ?? null, found: right ?? null });
    }
  };
  compare(toJson(expected), toJson(found), '');
  return differences;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether there is surely no difference, without copying anything: what is compared hardly ever differs. */
const isSame = (left: unknown, right: unknown): boolean => {
  if (left === right) return true;
  if (!isObject(left) || !isObject(right)) return asText(left) === asText(right);
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const [one, two] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = Object.keys(one);
  return keys.every((key) => isSame(one[key], two[key])) && Object.keys(two).every((key) => isKnown(one, two, key));
};

const asText = (value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** What is undefined is not there. */
const isKnown = (one: Record<string, unknown>, two: Record<string, unknown>, key: string): boolean =>
  two[key] === undefined || one[key] !== undefined;
