import { Decimal, type Interval } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { monthlyAmount } from './monthly-amount.js';
import { mrrBridge, MOVEMENT_KINDS, movementKind } from './movement.js';
import { annualRecurringRevenue, discountedMrr, totalMrr } from './mrr.js';

fc.configureGlobal({ seed: 9 });

const of = (text: string): Decimal => Decimal.parse(text);

describe('a monthly amount', () => {
  it.each<[string, Interval, string]>([
    ['18.29', { unit: 'year', count: 1 }, '1.5242'],
    ['60', { unit: 'month', count: 2 }, '30'],
    ['20', { unit: 'week', count: 1 }, '86.6667'],
    ['10', { unit: 'day', count: 1 }, '304.1667'],
    ['10', { unit: 'day', count: 30 }, '10.1389'],
    ['-49', { unit: 'year', count: 1 }, '-4.0833'],
  ])('of %s per %j is %s', (amount, interval, monthly) => {
    expect(monthlyAmount(of(amount), interval).toString()).toBe(monthly);
  });

  it('counts other months where it is asked to', () => {
    const unitsPerMonth = { numerator: 4_345n, denominator: 1_000n };
    const week: Interval = { unit: 'week', count: 1 };
    expect(monthlyAmount(of('20'), week, { unitsPerMonth, digits: 2 }).toString()).toBe('86.9');
    expect(monthlyAmount(of('100'), { unit: 'month', count: 12 }, { digits: 0, rounding: 'down' }).toString()).toBe(
      '8',
    );
  });
});

describe('MRR', () => {
  it('is that of each subscription, brought to a month first', () => {
    const terms = [
      { amount: of('100'), interval: { unit: 'month', count: 1 } as const },
      { amount: of('20'), interval: { unit: 'week', count: 1 } as const },
      { amount: of('20'), interval: { unit: 'week', count: 1 } as const },
    ];
    expect(totalMrr(terms).toString()).toBe('273.3334');
    expect(annualRecurringRevenue(of('12500')).toString()).toBe('150000');
  });

  it('is lowered by what lasts for ever alone', () => {
    const half = { percentOff: of('50') };
    expect(discountedMrr(of('100'), { ...half, duration: 'forever' }).toString()).toBe('50');
    expect(discountedMrr(of('100'), { ...half, duration: 'repeating' }).toString()).toBe('100');
    expect(discountedMrr(of('100'), { ...half, duration: 'once' }).toString()).toBe('100');
  });
});

describe('a movement', () => {
  it.each([
    ['0', '50', false, 'new'],
    ['0', '50', true, 'reactivation'],
    ['50', '80', true, 'expansion'],
    ['80', '30', true, 'contraction'],
    ['50', '0', true, 'churn'],
    ['50', '50', true, null],
  ])('from %s to %s (customer before: %s) is %s', (before, after, wasCustomer, kind) => {
    const [hadMrr, hasMrr] = [!of(before).isZero, !of(after).isZero];
    expect(movementKind({ hadMrr, hasMrr, change: of(after).compare(of(before)), wasCustomer })).toBe(kind);
  });

  it('below zero is no new customer', () => {
    expect(movementKind({ hadMrr: false, hasMrr: false, change: -1, wasCustomer: false })).toBe('contraction');
  });

  it('leads, with all others, from opening to closing', () => {
    const movement = fc.record({
      kind: fc.constantFrom(...MOVEMENT_KINDS),
      amount: fc.integer().map((minor) => Decimal.of(minor)),
    });
    fc.assert(
      fc.property(fc.array(movement), (movements) => {
        const { closing, movements: byKind, net } = mrrBridge(Decimal.of(100), movements);
        const all = movements.reduce((total, { amount }) => total.plus(amount), Decimal.of(100));
        expect(closing.equals(all)).toBe(true);
        expect(
          Object.values(byKind)
            .reduce((total, amount) => total.plus(amount), Decimal.zero)
            .equals(net),
        ).toBe(true);
      }),
    );
  });
});
