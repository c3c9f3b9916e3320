import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '../decimal.js';
import {
  decimalOfFraction,
  dividedFraction,
  fractionOf,
  minusFraction,
  percentage,
  roundedFraction,
} from '../fraction.js';
import { allocate, allocatedDecimal } from './allocation.js';

fc.configureGlobal({ seed: 6 });

describe('an allocation', () => {
  it.each<[bigint, bigint[], bigint[]]>([
    [100n, [333n, 333n, 334n], [33n, 33n, 34n]],
    [5n, [1n, 1n, 1n], [2n, 2n, 1n]],
    [-5n, [1n, 1n, 1n], [-2n, -2n, -1n]],
    [5n, [0n, 0n], [3n, 2n]],
    [5n, [], []],
    [0n, [1n, 2n], [0n, 0n]],
  ])('of %s by %s is %s', (units, weights, parts) => {
    expect(allocate(units, weights)).toEqual(parts);
  });

  it('loses no unit, and no share is a unit away from its exact one', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.bigInt({ min: -100_000n, max: 100_000n }), weights, (units, by) => {
        const parts = allocate(units, by);
        expect(parts.reduce((total, part) => total + part, 0n)).toBe(units);
        const whole = by.reduce((total, weight) => total + weight, 0n);
        if (whole === 0n) return;
        parts.forEach((part, index) => {
          const off = part * whole - units * by[index]!;
          expect(off < whole && -off < whole).toBe(true);
        });
      }),
    );
  });

  it('splits decimals to the digits asked for', () => {
    const parts = allocatedDecimal(Decimal.parse('0.0005'), [Decimal.one, Decimal.parse('1.0')], 4);
    expect(parts.map(String)).toEqual(['0.0003', '0.0002']);
  });
});

describe('a fraction', () => {
  it('stays exact until it is rounded once', () => {
    const third = dividedFraction(fractionOf(1n), fractionOf(3n));
    expect(roundedFraction(minusFraction(fractionOf(1n), third), 'half_up')).toBe(1n);
    expect(decimalOfFraction(third, 4, 'half_up').toString()).toBe('0.3333');
    expect(decimalOfFraction(percentage(Decimal.parse('8.875')), 5, 'half_up').toString()).toBe('0.08875');
    expect(
      decimalOfFraction(dividedFraction(fractionOf(Decimal.parse('365.25')), fractionOf(12n)), 4, 'down').toString(),
    ).toBe('30.4375');
  });
});
