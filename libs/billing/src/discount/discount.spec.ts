import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { discountedCycles, percentOf, stackedDiscounts, type Discount } from './discount.js';
import { distributeDiscount, pooledDiscountShares } from './pooled-discount.js';

const percent = (text: string): Discount => ({ kind: 'percent', percent: Decimal.parse(text) });
const amount = (minor: bigint): Discount => ({ kind: 'amount', amount: minor });

describe('discounts that stack', () => {
  it.each<[string, bigint, Discount[], bigint[]]>([
    [
      'take percentages first, each on what is left',
      10_000n,
      [amount(1_000n), percent('50'), percent('10')],
      [1_000n, 5_000n, 500n],
    ],
    ['never go below zero', 10_000n, [amount(8_000n), amount(5_000n)], [8_000n, 2_000n]],
    ['round each once', 999n, [percent('33.33')], [333n]],
    ['take nothing of nothing', 0n, [percent('20'), amount(5n)], [0n, 0n]],
  ])('%s', (_rule, subtotal, discounts, each) => {
    expect(stackedDiscounts(subtotal, discounts).each).toEqual(each);
  });

  it('come to the same in any order', () => {
    const discounts = [amount(1_500n), percent('12.5'), amount(99n), percent('3')];
    expect(stackedDiscounts(12_345n, discounts.toReversed()).total).toBe(stackedDiscounts(12_345n, discounts).total);
  });

  it('end with their cycles', () => {
    expect(discountedCycles(4_900n, amount(1_000n), 2, 4)).toEqual([3_900n, 3_900n, 4_900n, 4_900n]);
    expect(discountedCycles(4_900n, percent('10'), null, 2)).toEqual([4_410n, 4_410n]);
  });

  it('are rounded half up unless they name another way', () => {
    expect(percentOf(5n, Decimal.parse('50'))).toBe(3n);
    expect(percentOf(5n, Decimal.parse('50'), 'half_even')).toBe(2n);
  });
});

describe('a pooled discount', () => {
  it('is shared by largest remainder, and adds up to itself', () => {
    expect(distributeDiscount([333n, 333n, 334n], 100n)).toEqual({ shares: [33n, 33n, 34n], net: [300n, 300n, 300n] });
    expect(distributeDiscount([1_000n, 2_000n], 4_000n).net).toEqual([0n, 0n]);
  });

  it('reaches its eligible lines alone, on what the ones before it left', () => {
    const lines = [
      { id: 'a', amount: 1_000n },
      { id: 'b', amount: 1_000n },
    ];
    const { shares, total } = pooledDiscountShares(lines, [{ amount: 900n, eligible: ['a'] }, { amount: 110n }]);
    expect(shares.map(String)).toEqual(['910', '100']);
    expect(total).toBe(1_010n);
    expect(pooledDiscountShares(lines, [{ amount: 10n, eligible: ['c'] }]).total).toBe(0n);
  });
});
