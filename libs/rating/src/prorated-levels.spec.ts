import { Decimal, fractionOf } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { GraduatedPrice } from './price.js';
import { rateProratedLevels } from './prorated-levels.js';

const decimal = (text: string) => Decimal.parse(text);
const sheet: GraduatedPrice = {
  model: 'graduated',
  tiers: [
    { upTo: '10', unitAmount: '2', flatAmount: '5' },
    { upTo: null, unitAmount: '1' },
  ],
};

describe('units', () => {
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
