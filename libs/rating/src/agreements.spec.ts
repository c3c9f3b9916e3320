import { Decimal, fractionOf } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { convertedUnits } from './conversion.js';
import { basisPointsOf, discounted } from './discount.js';
import { overridden } from './override.js';
import type { Price, UnitConversion } from './price.js';
import { rateProratedLevels } from './prorated-levels.js';
import { rate } from './rate.js';
import { rateProratedVolume } from './volume.js';

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

describe('a discount', () => {
  it('in basis points is a step of its own, exact', () => {
    const rating = discounted(rate({ model: 'flat', amount: '99.99' }, Decimal.zero), 1_250);
    expect(rating.amount.toString()).toBe('87.49125');
    expect(rating.steps.at(-1)).toEqual({ discount: 1_250, amount: '-12.49875' });
    expect(basisPointsOf(decimal('200'), 1).toString()).toBe('0.02');
  });
});

describe('units', () => {
  it.each<[string, UnitConversion, string]>([
    ['1400', { divideBy: '1000', rounding: { mode: 'up', digits: 0 } }, '2'],
    ['1400', { divideBy: '1000', rounding: { mode: 'down', digits: 1 }, freeUnits: '0.5' }, '0.9'],
    ['1', { divideBy: '3' }, '0.333333333333'],
    ['2', { multiplyBy: '1.5', rounding: { mode: 'half_up', digits: -1 } }, '0'],
    ['3', { freeUnits: '5' }, '0'],
  ])('%s converted by %j are %s', (quantity, conversion, expected) => {
    expect(convertedUnits(decimal(quantity), conversion).toString()).toBe(expected);
  });

  it('held for a part of the period are priced in the tier of all of them', () => {
    const price = { model: 'volume', tiers: sheet.tiers } as const;
    expect(rateProratedVolume(price, decimal('20'), decimal('12.5')).amount.toString()).toBe('12.5');
  });

  it('that come and go are priced by the tiers they sit in, with flat amounts of all tiers reached', () => {
    const changes = [
      { change: decimal('15'), weight: fractionOf(decimal('7.5')) },
      { change: decimal('-10'), weight: fractionOf(decimal('-2')) },
      { change: Decimal.zero, weight: fractionOf(Decimal.zero) },
    ];
    // 15 units for half of the period: 5 × 2 + 2.5 × 1. Ten of them leave for its last fifth: 1 × 1 + 1 × 2 less.
    expect(rateProratedLevels(sheet, changes).amount.toString()).toBe('14.5');
  });
});
