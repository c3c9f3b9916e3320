import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { basisPointsOf, discounted } from './discount.js';
import { rate } from './rate.js';

describe('a discount', () => {
  it('in basis points is a step of its own, exact', () => {
    const rating = discounted(rate({ model: 'flat', amount: '99.99' }, Decimal.zero), 1_250);
    expect(rating.amount.toString()).toBe('87.49125');
    expect(rating.steps.at(-1)).toEqual({ discount: 1_250, amount: '-12.49875' });
    expect(basisPointsOf(Decimal.parse('200'), 1).toString()).toBe('0.02');
  });
});
