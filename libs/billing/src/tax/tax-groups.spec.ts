import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { documentTax, type BorneRate, type TaxMethod } from './document-tax.js';
import { taxOfGroups } from './tax-groups.js';

fc.configureGlobal({ seed: 11 });

const rate = (text: string, compound = false): BorneRate => ({ rate: Decimal.parse(text), compound });
const onTop: TaxMethod = { rounding: 'document', prices: 'exclusive' };
const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

describe('the taxes of a document whose lines bear different ones', () => {
  it('are rounded once for each group: 300 lines of 0.13, every third at 7 %', () => {
    const lines = Array.from({ length: 300 }, () => 13n);
    const groupOf = lines.map((_, line) => (line % 3 === 2 ? 1 : 0));
    const { taxes, taxPerLine } = taxOfGroups(lines, [[rate('19')], [rate('7')]], groupOf, onTop);
    // 26.00 at 19 %, and 13.00 at 7 %. Rounded on each line: 200 × 0.02, and 100 × 0.01.
    expect(taxes).toEqual([[{ base: 2_600n, amount: 494n }], [{ base: 1_300n, amount: 91n }]]);
    expect(sum(taxPerLine)).toBe(585n);
    expect(sum(taxPerLine.filter((_, line) => line % 3 === 2))).toBe(91n);
    const byLine = taxOfGroups(lines, [[rate('19')], [rate('7')]], groupOf, { ...onTop, rounding: 'line' });
    expect(byLine.taxes.map(([tax]) => tax!.amount)).toEqual([400n, 100n]);
  });

  it('may be none of some lines', () => {
    expect(taxOfGroups([100n, 50n], [[], [rate('10')]], [0, 1], onTop)).toEqual({
      nets: [100n, 50n],
      taxPerLine: [0n, 5n],
      taxes: [[], [{ base: 50n, amount: 5n }]],
    });
  });

  it('are those of each group by itself, and add up, of whatever lines', () => {
    const amounts = fc.array(fc.bigInt({ min: -1_000_000n, max: 1_000_000n }), { minLength: 1, maxLength: 40 });
    const rates = fc.array(
      fc
        .record({ points: fc.integer({ min: 0, max: 40_000 }), compound: fc.boolean() })
        .map(({ points, compound }) => ({ rate: new Decimal(BigInt(points), 3), compound })),
      { maxLength: 3 },
    );
    const method = fc.record<TaxMethod>({
      rounding: fc.constantFrom('document', 'line'),
      prices: fc.constantFrom('exclusive', 'inclusive'),
    });
    fc.assert(
      fc.property(
        amounts,
        fc.array(rates, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(), { minLength: 40, maxLength: 40 }),
        method,
        (lines, groups, places, how) => {
          const groupOf = lines.map((_, line) => places[line]! % groups.length);
          const { nets, taxes, taxPerLine } = taxOfGroups(lines, groups, groupOf, how);
          const tax = sum(taxes.flat().map(({ amount }) => amount));
          expect(sum(taxPerLine)).toBe(tax);
          expect(sum(nets) + (how.prices === 'inclusive' ? tax : 0n)).toBe(sum(lines));
          groups.forEach((borne, group) => {
            const own = lines.filter((_, line) => groupOf[line] === group);
            expect(taxes[group]).toEqual(documentTax(own, borne, how).taxes);
          });
        },
      ),
    );
  });
});
