import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { computeTotals } from './invoice-totals.js';

const line = (id: string, amount: bigint, ...rates: readonly string[]) => ({
  id,
  amount,
  taxRates: rates.map((rate) => Decimal.parse(rate)),
});

describe('totals', () => {
  const lines = [line('a', 333n, '19'), line('b', 333n, '19'), line('c', 334n, '19')];

  it('are sums of what the lines show', () => {
    const totals = computeTotals(lines, [{ amount: 100n }]);
    expect(totals.discountPerLine.map(String)).toEqual(['33', '33', '34']);
    expect(totals).toMatchObject({ taxPerLine: [57n, 57n, 57n], subtotal: 900n, taxTotal: 171n, total: 1_071n });
  });

  it('round tax once for the invoice where that is the policy', () => {
    const small = [line('a', 12n, '20'), line('b', 12n, '20'), line('c', 12n, '20')];
    expect(computeTotals(small, []).taxTotal).toBe(6n);
    expect(computeTotals(small, [], { taxRounding: 'invoice' })).toMatchObject({
      taxPerLine: [2n, 2n, 2n],
      taxTotal: 7n,
    });
  });

  it('of nothing are nothing', () => {
    expect(computeTotals([], [{ amount: 5n }])).toMatchObject({ linesTotal: 0n, discountTotal: 0n, total: 0n });
  });
});
