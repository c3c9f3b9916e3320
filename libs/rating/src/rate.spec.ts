import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Price, Tier } from './price.js';
import { rate } from './rate.js';
import type { RatingStep } from './rating.js';

fc.configureGlobal({ seed: 1 });

const rated = (price: Price, quantity: string) => {
  const { amount, steps } = rate(price, Decimal.parse(quantity));
  return { amount: amount.toString(), steps };
};

const tier = (upTo: string | null, unitAmount: string, flatAmount?: string): Tier => ({
  upTo,
  unitAmount,
  ...(flatAmount === undefined ? {} : { flatAmount }),
});

describe('a flat price', () => {
  it.each(['0', '1', '1000.5'])('costs the same for %s', (quantity) => {
    expect(rated({ model: 'flat', amount: '30.00' }, quantity)).toEqual({
      amount: '30',
      steps: [{ flat: '30', amount: '30' }],
    });
  });
});

describe('a price per unit', () => {
  it.each<[string, string, string]>([
    ['100', '10', '1000'],
    ['0.0005', '1', '0.0005'],
    ['0.000001', '123456', '0.123456'],
    ['1.5', '2.5', '3.75'],
    ['7', '0', '0'],
  ])('of %s for %s is %s', (unitAmount, quantity, amount) => {
    const step = { quantity, unitAmount, amount };
    expect(rated({ model: 'per_unit', unitAmount }, quantity)).toEqual({ amount, steps: [step] });
  });
});

describe('a graduated price', () => {
  const withFees: Price = {
    model: 'graduated',
    tiers: [tier('10', '10', '2'), tier('20', '5', '3'), tier(null, '5', '3')],
  };
  const sheet: Price = { model: 'graduated', tiers: [tier('1000', '0.1'), tier('5000', '0.05'), tier(null, '0.02')] };

  it.each<[string, string, RatingStep[]]>([
    ['0', '0', []],
    ['1', '12', [{ tier: 1, quantity: '1', unitAmount: '10', flat: '2', amount: '12' }]],
    ['10', '102', [{ tier: 1, quantity: '10', unitAmount: '10', flat: '2', amount: '102' }]],
    [
      '15',
      '130',
      [
        { tier: 1, quantity: '10', unitAmount: '10', flat: '2', amount: '102' },
        { tier: 2, quantity: '5', unitAmount: '5', flat: '3', amount: '28' },
      ],
    ],
    [
      '21',
      '163',
      [
        { tier: 1, quantity: '10', unitAmount: '10', flat: '2', amount: '102' },
        { tier: 2, quantity: '10', unitAmount: '5', flat: '3', amount: '53' },
        { tier: 3, quantity: '1', unitAmount: '5', flat: '3', amount: '8' },
      ],
    ],
  ])('for %s is %s, tier by tier', (quantity, amount, steps) => {
    expect(rated(withFees, quantity)).toEqual({ amount, steps });
  });

  it.each([
    ['1000', '100'],
    ['1000.5', '100.025'],
    ['5000', '300'],
    ['5000.000001', '300.00000002'],
    ['1000000', '20200'],
  ])('for %s is %s: what is between two tiers falls into the higher one', (quantity, amount) => {
    expect(rated(sheet, quantity).amount).toBe(amount);
  });

  it('bills the first flat fee for nothing used only if it says so', () => {
    expect(rated({ ...withFees, flatFeeOnZero: true }, '0')).toEqual({
      amount: '2',
      steps: [{ tier: 1, quantity: '0', unitAmount: '10', flat: '2', amount: '2' }],
    });
  });
});

describe('a volume price', () => {
  const sheet: Price = { model: 'volume', tiers: [tier('100', '2', '10'), tier('200', '1'), tier(null, '0.5', '50')] };

  it.each<[string, string, RatingStep[]]>([
    ['0', '0', []],
    ['1', '12', [{ tier: 1, quantity: '1', unitAmount: '2', flat: '10', amount: '12' }]],
    ['100', '210', [{ tier: 1, quantity: '100', unitAmount: '2', flat: '10', amount: '210' }]],
    ['100.1', '100.1', [{ tier: 2, quantity: '100.1', unitAmount: '1', amount: '100.1' }]],
    ['200', '200', [{ tier: 2, quantity: '200', unitAmount: '1', amount: '200' }]],
    ['300', '200', [{ tier: 3, quantity: '300', unitAmount: '0.5', flat: '50', amount: '200' }]],
  ])('for %s is %s, all in one tier', (quantity, amount, steps) => {
    expect(rated(sheet, quantity)).toEqual({ amount, steps });
  });

  it('bills the first flat fee for nothing used only if it says so', () => {
    expect(rated({ ...sheet, flatFeeOnZero: true }, '0').amount).toBe('10');
  });
});

describe('a package price', () => {
  it.each<[string, string, string, string]>([
    ['121', '0', '13', '1300'],
    ['121', '120', '1', '100'],
    ['120', '0', '12', '1200'],
    ['120.01', '0', '13', '1300'],
    ['0', '0', '0', '0'],
    ['5', '10', '0', '0'],
  ])('for %s units with %s of them free is %s packages: %s', (quantity, freeUnits, packages, amount) => {
    const price: Price = { model: 'package', amount: '100', size: '10', freeUnits };
    expect(rated(price, quantity)).toEqual({ amount, steps: [{ quantity: packages, unitAmount: '100', amount }] });
  });
});

describe('the limits of a price', () => {
  const limited: Price = { model: 'per_unit', unitAmount: '1', minimum: '10', maximum: '20' };

  it.each<[string, string, RatingStep[]]>([
    ['0', '10', [{ limit: 'minimum', amount: '10' }]],
    ['9.99', '10', [{ limit: 'minimum', amount: '0.01' }]],
    ['10', '10', []],
    ['20', '20', []],
    ['25', '20', [{ limit: 'maximum', amount: '-5' }]],
  ])('make %s units cost %s, and say so', (quantity, amount, limits) => {
    const { steps, ...rating } = rated(limited, quantity);
    expect(rating.amount).toBe(amount);
    expect(steps.slice(1)).toEqual(limits);
  });

  it('hold for a flat price, too', () => {
    expect(rated({ model: 'flat', amount: '5', minimum: '10' }, '1').amount).toBe('10');
  });
});

const amounts = fc.integer({ min: 0, max: 100_000 }).map((value) => new Decimal(BigInt(value), 3).toString());
const tiers = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 500 }), { maxLength: 4 }),
    fc.array(amounts, { minLength: 10, maxLength: 10 }),
  )
  .map(([sizes, prices]): Tier[] => {
    let end = 0;
    const ends = [...sizes.map((size) => String((end += size))), null];
    return ends.map((upTo, index) => tier(upTo, prices[index]!, prices[index + 5]));
  });
const options = fc.record(
  { minimum: amounts, maximum: amounts.map((text) => Decimal.parse(text).plus(Decimal.of(100)).toString()) },
  { requiredKeys: [] },
);
const prices: fc.Arbitrary<Price> = fc
  .tuple(
    fc.oneof<fc.Arbitrary<Price>[]>(
      amounts.map((amount) => ({ model: 'flat', amount })),
      amounts.map((unitAmount) => ({ model: 'per_unit', unitAmount })),
      tiers.map((some) => ({ model: 'graduated', tiers: some })),
      tiers.map((some) => ({ model: 'graduated', tiers: some, flatFeeOnZero: true })),
      tiers.map((some) => ({ model: 'volume', tiers: some })),
      fc.record({
        model: fc.constant('package'),
        amount: amounts,
        size: fc.constantFrom('1', '10', '0.5'),
        freeUnits: amounts,
      }),
    ),
    options,
  )
  .map(([price, limits]) => ({ ...price, ...limits }));
const quantities = fc.integer({ min: 0, max: 3_000_000 }).map((value) => new Decimal(BigInt(value), 3));

describe('any price', () => {
  it('shows arithmetic that adds up to its amount', () => {
    fc.assert(
      fc.property(prices, quantities, (price, quantity) => {
        const { amount, steps } = rate(price, quantity);
        const total = steps.reduce((sum, step) => sum.plus(Decimal.parse(step.amount)), Decimal.zero);
        expect(total.toString()).toBe(amount.toString());
        for (const { quantity: units, unitAmount, flat, limit, amount: own } of steps) {
          if (limit !== undefined) continue;
          const priced = Decimal.parse(units ?? '0').times(Decimal.parse(unitAmount ?? '0'));
          expect(priced.plus(Decimal.parse(flat ?? '0')).toString()).toBe(own);
        }
      }),
    );
  });

  it('stays between its limits', () => {
    fc.assert(
      fc.property(prices, quantities, (price, quantity) => {
        const { amount } = rate(price, quantity);
        if (price.minimum !== undefined) expect(amount.compare(Decimal.parse(price.minimum))).not.toBe(-1);
        if (price.maximum !== undefined) expect(amount.compare(Decimal.parse(price.maximum))).not.toBe(1);
      }),
    );
  });

  it('takes what is below zero for nothing used', () => {
    fc.assert(
      fc.property(prices, quantities, (price, quantity) => {
        expect(rate(price, quantity.negated())).toEqual(rate(price, Decimal.zero));
      }),
    );
  });

  it('by tiers takes each unit once: the quantities of its steps are the whole', () => {
    fc.assert(
      fc.property(tiers, quantities, (some, quantity) => {
        for (const model of ['graduated', 'volume'] as const) {
          const { steps } = rate({ model, tiers: some }, quantity);
          const taken = steps.reduce((sum, step) => sum.plus(Decimal.parse(step.quantity!)), Decimal.zero);
          expect(taken.toString()).toBe(quantity.toString());
        }
      }),
    );
  });

  it('by graduated tiers never costs less for more', () => {
    fc.assert(
      fc.property(tiers, quantities, quantities, (some, quantity, more) => {
        const price: Price = { model: 'graduated', tiers: some };
        expect(rate(price, quantity).amount.compare(rate(price, quantity.plus(more)).amount)).not.toBe(1);
      }),
    );
  });
});
