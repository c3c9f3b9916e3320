import { describe, expect, it } from '@jest/globals';
import { money } from '#kernel';
import { collectable } from './amount-rule.js';

const RULE = { step: 10n, minimum: 500n, maximum: 99_990n };

describe('what can be collected of an amount', () => {
  it.each([
    [5_124n, 5_120n, 4n],
    [5_120n, 5_120n, 0n],
    [509n, 500n, 9n],
    [99_999n, 99_990n, 9n],
  ])('%s is %s, and %s is left', (minor, collected, left) => {
    expect(collectable(money(minor, 'KWD'), RULE)).toEqual({
      collected: money(collected, 'KWD'),
      left: money(left, 'KWD'),
    });
  });

  it.each([
    [499n, 'amount_below_minimum'],
    [0n, 'amount_below_minimum'],
    [-5_000n, 'amount_below_minimum'],
    [100_000n, 'amount_above_maximum'],
  ])('%s is nothing: %s', (minor, refusal) => {
    expect(collectable(money(minor, 'KWD'), RULE)).toEqual({ refusal });
  });

  it('is nothing in a currency that is not taken', () => {
    expect(collectable(money(5_000n, 'XAU'), undefined)).toEqual({ refusal: 'currency_not_supported' });
  });
});
