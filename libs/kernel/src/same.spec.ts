import { describe, expect, it } from '@jest/globals';
import { isSame } from './same.js';

describe('two values', () => {
  it.each<[unknown, unknown]>([
    [1n, 1n],
    [null, null],
    [
      { a: 1, b: [{ c: 'x' }] },
      { b: [{ c: 'x' }], a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
  ])('say the same: %p, %p', (left, right) => expect([isSame(left, right), isSame(right, left)]).toEqual([true, true]));

  it.each<[unknown, unknown]>([
    [1, '1'],
    [null, {}],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: null }, {}],
    [{ a: 1 }, { b: 1 }],
    [{ toString: undefined, a: 1 }, { b: 1 }],
  ])('say something else: %p, %p', (left, right) =>
    expect([isSame(left, right), isSame(right, left)]).toEqual([false, false]),
  );
});
