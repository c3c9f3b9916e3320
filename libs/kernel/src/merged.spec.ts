import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { merged } from './merged.js';

describe('sources in order', () => {
  it('are one in order, and what is equal comes in the order of its sources', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat({ max: 9 }))), (lists) => {
        const sources = lists.map((list, source) => list.toSorted().map((value) => ({ value, source })));
        const found = [...merged(sources, (left, right) => left.value - right.value)];
        expect(found).toEqual(sources.flat().toSorted((left, right) => left.value - right.value));
      }),
    );
  });

  it('may be without end', () => {
    const counting = function* (step: number) {
      for (let value = 0; ; value += step) yield value;
    };
    const found = merged([counting(2), counting(3)], (left, right) => left - right);
    expect(Array.from({ length: 6 }, () => found.next().value as number)).toEqual([0, 0, 2, 3, 4, 6]);
  });
});
