import { toJson, type Json } from '#kernel';
import { ACCOUNT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { differencesBetween } from './difference.js';

/** What `differencesBetween` means: both as JSON would have them, member by member. */
const differingFields = (expected: unknown, found: unknown): string[] => {
  const fields: string[] = [];
  const compare = (left: Json | undefined, right: Json | undefined, field: string): void => {
    if (typeof left === 'object' && left !== null && typeof right === 'object' && right !== null) {
      const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
      for (const key of keys)
        compare((left as Record<string, Json>)[key], (right as Record<string, Json>)[key], `${field}/${key}`);
    } else if (left !== right) fields.push(field || '/');
  };
  compare(toJson(expected), toJson(found), '');
  return fields.slice(0, 10);
};

const leaf = fc.oneof(
  fc.constantFrom(undefined, null, true, 0, 1, '', '1', 1n, '2', 2n),
  fc.integer({ min: 0, max: 3 }),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    leaf,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '0', '1'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

describe('differences', () => {
  it('are those of what JSON makes of both', () => {
    fc.assert(
      fc.property(value, value, (expected, found) => {
        const fields = differencesBetween(ACCOUNT, 'it', expected, found).map(({ field }) => field);
        expect(fields).toEqual(differingFields(expected, found));
      }),
      { numRuns: 5_000 },
    );
  });

  it('are none of a copy, however large numbers and missing members are written', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(differencesBetween(ACCOUNT, 'it', one, toJson(one))).toEqual([]);
        expect(differencesBetween(ACCOUNT, 'it', toJson(one), one)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
