import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { statedBy } from './stated.js';

/** Without what is escaped. */
const text = fc.string({ unit: fc.constantFrom('a', 'Z', '7', ' ', 'ü'), maxLength: 60 });
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 12 }),
    fc.dictionary(text, fc.oneof(tie('value'), fc.constant(undefined)), { maxKeys: 12, noNullPrototype: true }),
  ),
}));

const lengthOf = (one: unknown): number =>
  JSON.stringify(one, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)).length;

describe('what a fact states', () => {
  it('is every value of up to a thousand characters, and none above', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(Object.keys(statedBy({ plan: one }))).toEqual(lengthOf(one) <= 1_000 ? ['plan'] : []);
      }),
      { seed: 1, numRuns: 3_000 },
    );
  });

  it.each([997, 998, 999, 1_000])('is cut at a thousand exactly, with a text of %d characters', (characters) => {
    const stated = statedBy({ plan: 'a'.repeat(characters), lines: ['a'.repeat(characters - 2)] });
    expect(Object.keys(stated)).toEqual(characters <= 998 ? ['plan', 'lines'] : []);
  });
});
