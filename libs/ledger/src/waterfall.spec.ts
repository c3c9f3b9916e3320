import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allotted, allottedDestinations, allottedWaterfall, type Portion } from './allotment.js';
import { exchangeDebit, exchanged } from './exchange.js';
import { volumesWithin } from './volumes.js';
import { destinationWaterfall, drained, sequentialMoves, sourceWaterfall } from './waterfall.js';
import { Decimal } from '#kernel';

fc.configureGlobal({ seed: 5 });

const amounts = fc.array(fc.bigInt({ min: -50n, max: 1_000n }), { maxLength: 8 });
const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

describe('a waterfall', () => {
  it('drains in order, never more than is there or needed', () => {
    expect(drained(15n, [3n, -4n, 20n, 5n])).toEqual([3n, 0n, 12n, 0n]);
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 3_000n }), amounts, (amount, available) => {
        const parts = drained(amount, available);
        const there = sum(available.map((one) => (one > 0n ? one : 0n)));
        expect(sum(parts)).toBe(amount < there ? amount : there);
      }),
    );
  });

  it('has an account that is named twice pay from what it left the first time', () => {
    const source = { account: 'a', overdraft: 0n, max: 6n } as const;
    const { drains, balances } = sourceWaterfall(10n, [source, source], new Map([['a', 10n]]));
    expect(drains).toEqual([
      { source: 'a', amount: 6n },
      { source: 'a', amount: 4n },
    ]);
    expect(balances.get('a')).toBe(0n);
  });

  it('moves all or nothing', () => {
    const balances = new Map([['a', 60n]]);
    const move = { source: 'a', destination: 'b', amount: 50n };
    expect(() => sequentialMoves(balances, [move, move])).toThrow(
      expect.objectContaining({ code: 'insufficient_funds' }),
    );
    expect([...sequentialMoves(balances, [move])]).toEqual([
      ['a', 10n],
      ['b', 50n],
    ]);
  });

  it('fills destinations up to their maximum; what fits nowhere stays', () => {
    expect(destinationWaterfall(100n, [30n, 20n])).toEqual([30n, 20n]);
    expect(destinationWaterfall(100n, [30n, null])).toEqual([30n, 70n]);
  });
});

describe('an allotment', () => {
  it('hands out what flooring leaves from the top of the list, and loses nothing', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 9n }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000n }), weights, (amount, parts) => {
        const denominator = sum(parts) + 1n;
        const portions: Portion[] = [...parts.map((numerator) => ({ numerator, denominator })), 'remaining'];
        expect(sum(allotted(amount, portions))).toBe(amount);
      }),
    );
  });

  it.each<[string, readonly Portion[]]>([
    ['portions_exceed_one', [{ numerator: 2n, denominator: 1n }]],
    ['portions_below_one', [{ numerator: 1n, denominator: 2n }]],
    ['more_than_one_remaining', ['remaining', 'remaining']],
  ])('is refused as %s', (code, portions) => {
    expect(() => allotted(10n, portions)).toThrow(expect.objectContaining({ code }));
  });

  it('shares balances between its waterfalls, and merges what one source pays', () => {
    const from = (account: string) => ({ account, overdraft: 0n, max: null });
    const half = { numerator: 1n, denominator: 2n };
    const parts = [
      { portion: half, sources: [from('b'), from('a')] },
      { portion: 'remaining' as const, sources: [from('a')] },
    ];
    expect(
      allottedWaterfall(
        10n,
        parts,
        new Map([
          ['a', 9n],
          ['b', 1n],
        ]),
      ),
    ).toEqual([
      // prettier-ignore
      { source: 'b', amount: 1n },
      { source: 'a', amount: 9n },
    ]);
  });

  it('keeps what has no destination', () => {
    const { receipts, moved } = allottedDestinations(10n, [
      { portion: { numerator: 1n, denominator: 2n }, to: [] },
      { portion: 'remaining', to: [{ account: 'a', max: 3n }] },
    ]);
    expect({ receipts, moved }).toEqual({ receipts: [{ account: 'a', amount: 3n }], moved: 3n });
  });
});

describe('volumes', () => {
  it('are told at a time as known at another, both bounds included', () => {
    const moves = [
      { source: 'a', destination: 'b', amount: 5n, effective: 1, recorded: 9 },
      { source: 'a', destination: 'b', amount: 7n, effective: 2, recorded: 2 },
    ];
    const known = volumesWithin(moves, { effective: { until: 2 }, recorded: { until: 2 } });
    expect(known.get('b')).toEqual({ input: 7n, output: 0n, balance: 7n });
    expect(volumesWithin(moves, {}).get('a')).toEqual({ input: 0n, output: 12n, balance: -12n });
  });
});

describe('an exchange', () => {
  it.each([
    [10_000n, '82.42135', { from: 2, to: 2 }, 824_214n],
    [10_000n, '149.255', { from: 2, to: 0 }, 14_926n],
    [1_000n, '0.3071', { from: 0, to: 3 }, 307_100n],
    [-10_000n, '82.42135', { from: 2, to: 2 }, -824_214n],
  ])('of %s at %s by digits %j is %s', (minor, rate, digits, quote) => {
    expect(exchanged(minor, Decimal.parse(rate), digits)).toBe(quote);
  });

  it('debits the fee beside the amount', () => expect(exchangeDebit(10_000n, 10n)).toBe(10_010n));
});
