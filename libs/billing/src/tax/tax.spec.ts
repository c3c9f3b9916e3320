import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { compoundRate, effectiveTaxRate, taxOn } from './tax.js';

const rates = (...texts: readonly string[]): Decimal[] => texts.map((text) => Decimal.parse(text));

describe('tax', () => {
  it.each([
    [999n, '21', 210n],
    [997n, '21', 209n],
    [10_000n, '8.875', 888n],
    [-10_000n, '8.875', -888n],
    [0n, '20', 0n],
  ])('on %s at %s %% is %s', (base, rate, tax) => {
    expect(taxOn(base, Decimal.parse(rate))).toBe(tax);
  });

  it('rounds half to even where the price does', () => {
    expect(taxOn(250n, Decimal.parse('1'), 'half_even')).toBe(2n);
    expect(taxOn(250n, Decimal.parse('1'))).toBe(3n);
  });

  it('of several kinds compounds', () => {
    expect(compoundRate(rates('5', '7')).toString()).toBe('12.35');
    expect(compoundRate([]).toString()).toBe('0');
  });

  it('has one effective rate: weighted, or the plain average of nothing', () => {
    const line = (amount: bigint, ...texts: string[]) => ({ amount, rates: rates(...texts) });
    expect(effectiveTaxRate([line(1_000n, '10'), line(2_000n, '10', '12')]).toString()).toBe('18');
    expect(effectiveTaxRate([line(0n, '10'), line(0n, '10', '12')]).toString()).toBe('16');
    expect(effectiveTaxRate([]).toString()).toBe('0');
  });
});
