import { describe, expect, it } from '@jest/globals';
import { CURRENCY_DIGITS, money } from '#kernel';
import { amountAtStripe, moneyOfStripe, stripeAmountRule } from './currencies.js';

describe('what Stripe takes of a currency', () => {
  it.each([
    ['EUR', 1n, 50n, 99_999_999n],
    ['JPY', 1n, 50n, 99_999_999n],
    ['KWD', 10n, 10n, 99_999_990n],
    ['ISK', 1n, 1n, 999_999n],
    ['MGA', 100n, 100n, 9_999_999_900n],
  ])('of %s is steps of %s from %s to %s', (currency, step, minimum, maximum) => {
    expect(stripeAmountRule(currency)).toEqual({ step, minimum, maximum });
  });

  it('is at least what was agreed on', () => {
    expect(stripeAmountRule('EUR', { EUR: 10_00n })).toMatchObject({ minimum: 10_00n });
  });

  it.each(['CLF', 'IQD', 'UYW', 'AAA', 'eur'])('is nothing of %s', (currency) => {
    expect(stripeAmountRule(currency)).toBeUndefined();
  });

  it('has an amount for every step, which is the same money again', () => {
    for (const [currency] of CURRENCY_DIGITS) {
      const rule = stripeAmountRule(currency);
      if (!rule) continue;
      for (const minor of [rule.minimum - (rule.minimum % rule.step), rule.step * 7n, rule.maximum]) {
        const amount = money(minor, currency);
        expect(moneyOfStripe(amountAtStripe(amount), currency.toLowerCase())).toEqual(amount);
      }
      expect(amountAtStripe(money(rule.maximum, currency))).toBeLessThan(100_000_000);
    }
  });

  it('has none between two steps', () => {
    expect(() => amountAtStripe(money(50n, 'MGA'))).toThrow(RangeError);
  });

  it('rounds what a fee is of a currency without digits', () => {
    expect(moneyOfStripe(150, 'isk')).toEqual(money(2n, 'ISK'));
  });
});
