import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { overridden } from './override.js';
import type { Price } from './price.js';
import { rate } from './rate.js';

const decimal = (text: string) => Decimal.parse(text);
const sheet: Price = {
  model: 'graduated',
  tiers: [
    { upTo: '10', unitAmount: '2', flatAmount: '5' },
    { upTo: null, unitAmount: '1' },
  ],
};

describe('a price that was agreed apart from the plan', () => {
  it('replaces it whole', () => {
    const price: Price = { model: 'flat', amount: '1' };
    expect(overridden(sheet, { price })).toEqual(price);
  });

  it('replaces single tiers and limits of it, and leaves the plan as it is', () => {
    const price = overridden(sheet, { tiers: [{ tier: 2, unitAmount: '0.5' }], maximum: '30' });
    expect(rate(price, decimal('20')).amount.toString()).toBe('30');
    expect(rate(price, decimal('12')).amount.toString()).toBe('26');
    expect(rate(sheet, decimal('20')).amount.toString()).toBe('35');
  });

  it.each<[string, Price]>([
    ['a tier that there is not', sheet],
    ['a tier of what has none', { model: 'flat', amount: '1' }],
  ])('is refused for %s', (_, price) => {
    expect(() => overridden(price, { tiers: [{ tier: 3, unitAmount: '1' }] })).toThrow('no such tier');
  });
});
