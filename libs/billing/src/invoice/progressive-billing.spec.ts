import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { nextThreshold, progressiveInvoices, progressivePeriodEnd, runningTotals } from './progressive-billing.js';

describe('progressive billing', () => {
  const rising = { thresholds: [200n, 500n, 700n], recurringStep: 1_000n };

  it.each([
    [0n, 200n],
    [200n, 500n],
    [699n, 700n],
    [700n, 1_700n],
    [1_699n, 1_700n],
    [1_700n, 2_700n],
  ])('after %s waits for %s', (passed, next) => {
    expect(nextThreshold(rising, passed)).toBe(next);
  });

  it('bills all that is open once a threshold is reached, and the rest at the end', () => {
    const totals = runningTotals(
      Decimal.parse('0.02'),
      [11_000, 11_000, 11_000].map((units) => Decimal.of(units)),
    );
    const invoices = progressiveInvoices(totals, rising);
    expect(invoices).toEqual([220n, null, 440n]);
    expect(progressivePeriodEnd([3_100n, totals.at(-1)!], invoices)).toEqual({
      fees: 3_760n,
      credit: 660n,
      total: 3_100n,
    });
  });

  it('is over after the last threshold unless it recurs', () => {
    expect(progressiveInvoices([200n, 900n], { thresholds: [100n], recurringStep: null })).toEqual([200n, null]);
  });
});
