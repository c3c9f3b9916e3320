import { describe, expect, it } from '@jest/globals';
import { chargeableAmounts } from './chargeable-amount.js';
import { netShare, splitRefund } from './refund.js';

describe('a refund', () => {
  const exclusive = { behavior: 'exclusive', subtotal: 1_000n, tax: 250n, balance: 0n } as const;
  const inclusive = { behavior: 'inclusive', subtotal: 1_000n, tax: 200n, balance: 0n } as const;
  it.each([
    ['all', exclusive, 1_250n, 1_000n, 250n],
    ['half', exclusive, 625n, 500n, 125n],
    ['all that was paid beside a balance', { ...exclusive, balance: -500n }, 750n, 500n, 250n],
    ['more than the order, but no more tax', exclusive, 1_300n, 1_050n, 250n],
    ['half of what has tax inside', inclusive, 500n, 400n, 100n],
    ['nothing of nothing', { ...exclusive, subtotal: 0n, tax: 0n }, 5n, 5n, 0n],
  ])('of %s splits into net and tax', (_what, order, refund, net, tax) => {
    expect(splitRefund(order, refund)).toEqual({ net, tax });
  });

  it('takes the net share of what was received', () => {
    expect(netShare(1_000n, { net: 826n, tax: 174n })).toBe(826n);
    expect(netShare(1_000n, { net: 0n, tax: 0n })).toBe(0n);
  });
});

describe('a three-decimal amount', () => {
  it('has neighbours that providers take', () => {
    expect(chargeableAmounts(5_124n)).toEqual([5_120n, 5_130n]);
    expect(chargeableAmounts(5_120n)).toEqual([5_120n]);
    expect(chargeableAmounts(-1n)).toEqual([-10n, 0n]);
  });
});
