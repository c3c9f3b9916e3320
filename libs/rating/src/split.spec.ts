import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Price, Tier } from './price.js';
import { rate } from './rate.js';
import { lessBilled, rateAddition } from './split.js';

fc.configureGlobal({ seed: 1 });

const amounts = fc.integer({ min: 0, max: 100_000 }).map((value) => new Decimal(BigInt(value), 3).toString());
const sizes = fc.integer({ min: 1, max: 5_000 }).map((value) => new Decimal(BigInt(value), 1));
const quantities = fc.integer({ min: 0, max: 100_000 }).map((value) => new Decimal(BigInt(value), 2));

const tiers = fc.array(fc.tuple(sizes, amounts, amounts), { minLength: 1, maxLength: 4 }).map((sold): Tier[] => {
  let end = Decimal.zero;
  return sold.map(([size, unitAmount, flatAmount], index) => {
    end = end.plus(size);
    return { upTo: index === sold.length - 1 ? null : end.toString(), unitAmount, flatAmount };
  });
});

const prices: fc.Arbitrary<Price> = fc.oneof(
  amounts.map((amount): Price => ({ model: 'flat', amount })),
  amounts.map((unitAmount): Price => ({ model: 'per_unit', unitAmount, maximum: '50' })),
  fc
    .tuple(tiers, fc.boolean())
    .map(([sold, flatFeeOnZero]): Price => ({ model: 'graduated', tiers: sold, flatFeeOnZero })),
  tiers.map((sold): Price => ({ model: 'volume', tiers: sold, minimum: '3' })),
  fc.tuple(amounts, sizes).map(([amount, size]): Price => ({ model: 'package', amount, size: size.toString() })),
  fc.tuple(amounts, amounts).map(([percent, freeUnits]): Price => ({ model: 'percentage', rate: percent, freeUnits })),
  fc.tuple(amounts, sizes, amounts).map(([amount, committedUnits, unitAmount]): Price => ({
    model: 'committed',
    amount,
    committedUnits: committedUnits.toString(),
    overage: { model: 'per_unit', unitAmount },
  })),
  fc.tuple(amounts, sizes).map(([unitAmount, size]): Price => ({
    model: 'per_unit',
    unitAmount,
    conversion: { divideBy: size.toString(), rounding: { mode: 'up', digits: 0 } },
  })),
);

describe('a period that is split', () => {
  it('is rated cumulatively to what it costs as a whole, however it is split, rounded or not', () => {
    fc.assert(
      fc.property(
        prices,
        fc.array(quantities, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(undefined, { digits: 2 }, { digits: 0, rounding: 'half_even' as const }),
        (price, parts, rule) => {
          const rounded = (amount: Decimal) =>
            rule ? amount.rounded(rule.digits, 'rounding' in rule ? rule.rounding : 'half_up') : amount;
          let before = Decimal.zero;
          let billed = rounded(rate(price, Decimal.zero).amount);
          for (const part of parts) {
            billed = billed.plus(rateAddition(price, before, part, rule));
            before = before.plus(part);
          }
          expect(billed.toString()).toBe(rounded(rate(price, before).amount).toString());
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives back what was billed too much', () => {
    expect(lessBilled(Decimal.parse('8'), Decimal.parse('10')).toString()).toBe('-2');
  });
});
