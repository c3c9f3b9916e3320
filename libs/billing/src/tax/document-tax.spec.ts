import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentTax, type BorneRate, type TaxMethod } from './document-tax.js';

fc.configureGlobal({ seed: 11 });

const rate = (text: string, compound = false): BorneRate => ({ rate: Decimal.parse(text), compound });
const onTop: TaxMethod = { rounding: 'document', prices: 'exclusive' };
const inside: TaxMethod = { rounding: 'document', prices: 'inclusive' };
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

describe('the taxes of a document', () => {
  it('are rounded once, and its lines show what it says: 300 lines of 0.13 at 19 %', () => {
    const lines = new Array<bigint>(300).fill(13n);
    const { taxes, taxPerLine } = documentTax(lines, [rate('19')], onTop);
    expect(taxes).toEqual([{ base: 3_900n, amount: 741n }]);
    expect(sum(taxPerLine)).toBe(741n);
    expect(new Set(taxPerLine)).toEqual(new Set([2n, 3n]));
  });

  it('are rounded on each line where that is the rule', () => {
    const lines = new Array<bigint>(300).fill(13n);
    const { taxes, taxPerLine } = documentTax(lines, [rate('19')], { ...onTop, rounding: 'line' });
    expect(taxes).toEqual([{ base: 3_900n, amount: 600n }]);
    expect(new Set(taxPerLine)).toEqual(new Set([2n]));
  });

  it('go to the lines by largest remainder, in the order of the lines where those are equal', () => {
    expect(documentTax([33n, 33n, 34n], [rate('10')], onTop).taxPerLine).toEqual([3n, 3n, 4n]);
    expect(documentTax([5n, 5n], [rate('10')], onTop).taxPerLine).toEqual([1n, 0n]);
  });

  it('compound: 5 % and 7 % on that', () => {
    const { taxes } = documentTax([10_000n], [rate('5'), rate('7', true)], onTop);
    expect(taxes).toEqual([
      { base: 10_000n, amount: 500n },
      { base: 10_500n, amount: 735n },
    ]);
  });

  it('stand beside each other: New York state and city', () => {
    const { taxes } = documentTax([10_000n, 999n], [rate('4'), rate('4.5')], onTop);
    expect(taxes).toEqual([
      { base: 10_999n, amount: 440n },
      { base: 10_999n, amount: 495n },
    ]);
  });

  it('are inside the prices: 1,100 yen at 10 %, and three of 0.99 at 19 %', () => {
    expect(documentTax([1_100n], [rate('10')], inside)).toEqual({
      nets: [1_000n],
      taxes: [{ base: 1_000n, amount: 100n }],
      taxPerLine: [100n],
    });
    // 2.97 / 1.19 = 2.4958, where 0.83 three times would be 2.49.
    const { nets, taxes, taxPerLine } = documentTax([99n, 99n, 99n], [rate('19')], inside);
    expect(taxes).toEqual([{ base: 250n, amount: 47n }]);
    expect(nets).toEqual([84n, 83n, 83n]);
    expect(taxPerLine).toEqual([15n, 16n, 16n]);
  });

  it('compound inside the price, too: 112.35 of 5 % and 7 % on that', () => {
    expect(documentTax([11_235n], [rate('5'), rate('7', true)], inside).taxes).toEqual([
      { base: 10_000n, amount: 500n },
      { base: 10_500n, amount: 735n },
    ]);
  });

  it('of what is given back are given back', () => {
    expect(documentTax([-3_900n], [rate('19')], onTop).taxes).toEqual([{ base: -3_900n, amount: -741n }]);
    expect(documentTax([1_000n, -1_000n], [rate('19')], onTop).taxes).toEqual([{ base: 0n, amount: 0n }]);
  });

  it('of no rate are none, and of a rate of nothing are stated', () => {
    expect(documentTax([100n], [], onTop)).toEqual({ nets: [100n], taxes: [], taxPerLine: [0n] });
    expect(documentTax([100n], [rate('0')], onTop).taxes).toEqual([{ base: 100n, amount: 0n }]);
    expect(documentTax([], [rate('19')], onTop)).toEqual({
      nets: [],
      taxes: [{ base: 0n, amount: 0n }],
      taxPerLine: [],
    });
  });

  it('add up, of whatever lines and rates', () => {
    const lines = fc.array(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), { maxLength: 40 });
    const rates = fc.array(
      fc
        .record({ points: fc.integer({ min: 0, max: 40_000 }), compound: fc.boolean() })
        .map(({ points, compound }) => ({ rate: new Decimal(BigInt(points), 3), compound })),
      { maxLength: 4 },
    );
    const method = fc.record<TaxMethod>({
      rounding: fc.constantFrom('document', 'line'),
      prices: fc.constantFrom('exclusive', 'inclusive'),
    });
    fc.assert(
      fc.property(lines, rates, method, (amounts, some, how) => {
        const { nets, taxes, taxPerLine } = documentTax(amounts, some, how);
        const tax = sum(taxes.map(({ amount }) => amount));
        if (amounts.length > 0) expect(sum(taxPerLine)).toBe(tax);
        if (how.prices === 'exclusive') expect(nets).toEqual(amounts);
        else nets.forEach((net, line) => expect(net + taxPerLine[line]!).toBe(amounts[line]));
        for (const [index, { base }] of taxes.entries()) {
          const before = some[index]!.compound ? sum(taxes.slice(0, index).map(({ amount }) => amount)) : 0n;
          expect(base).toBe(sum(nets) + before);
        }
      }),
    );
  });
});
