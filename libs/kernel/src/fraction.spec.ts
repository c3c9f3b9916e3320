import { describe, expect, it } from '@jest/globals';
import { Decimal } from './decimal.js';
import {
  decimalOfFraction,
  dividedFraction,
  fractionOf,
  minusFraction,
  percentage,
  plusFraction,
  reducedFraction,
  roundedFraction,
  timesFraction,
} from './fraction.js';
import type { Fraction } from './money/money.js';

const third = { numerator: 1n, denominator: 3n };
const sixth = { numerator: 1n, denominator: 6n };
const text = (fraction: Fraction) => `${fraction.numerator}/${fraction.denominator}`;

describe('fractions', () => {
  it('are calculated with exactly, in lowest terms', () => {
    expect([plusFraction, minusFraction, timesFraction, dividedFraction].map((of) => text(of(third, sixth)))).toEqual([
      '1/2',
      '1/6',
      '1/18',
      '2/1',
    ]);
    expect(text(reducedFraction({ numerator: 3n, denominator: -6n }))).toBe('-1/2');
  });

  it('have a denominator other than zero', () => {
    expect(() => reducedFraction({ numerator: 1n, denominator: 0n })).toThrow(RangeError);
  });

  it('are made of integers, decimals and percents', () => {
    expect([fractionOf(7n), fractionOf(Decimal.parse('0.25')), percentage(Decimal.parse('12.5'))].map(text)).toEqual([
      '7/1',
      '25/100',
      '125/1000',
    ]);
  });

  it('are rounded once', () => {
    expect(roundedFraction({ numerator: 5n, denominator: 2n }, 'half_even')).toBe(2n);
    expect(decimalOfFraction(third, 4, 'up').toString()).toBe('0.3334');
    expect(decimalOfFraction({ numerator: 1250n, denominator: 1n }, -2, 'half_up').toString()).toBe('1300');
  });
});
