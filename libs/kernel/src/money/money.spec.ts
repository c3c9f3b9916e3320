import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from '../decimal.js';
import { parseLocalDate } from '../calendar/local-date.js';
import { currencyExponent, currencyRefusal, isCurrency } from './currency.js';
import { majorUnits, minus, money, negated, parseMoney, plus, roundedToMinor, sum } from './money.js';

fc.configureGlobal({ seed: 1 });

const CURRENCIES = ['USD', 'JPY', 'KWD', 'CLF'] as const;

describe('a currency', () => {
  it.each([
    ['USD', 2],
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['CLF', 4],
  ])('%s has %d digits', (currency, digits) => {
    expect(currencyExponent(currency)).toBe(digits);
    expect(isCurrency(currency)).toBe(true);
  });

  it.each([
    ['XCG', '2025-03-30', 'currency_not_begun'],
    ['XCG', '2025-03-31', undefined],
    ['ANG', '2025-03-31', undefined],
    ['ANG', '2026-11-30', 'currency_ended'],
    ['BGN', '2025-12-31', undefined],
    ['BGN', '2026-01-01', 'currency_ended'],
    ['HRK', '2026-01-01', 'currency_ended'],
    ['ZWG', '2026-01-01', undefined],
    ['ZWL', '2026-01-01', 'currency_ended'],
    ['XAU', '2026-01-01', 'currency_without_minor_unit'],
    ['XDR', '2026-01-01', 'currency_without_minor_unit'],
    ['XTS', '2026-01-01', 'unknown_currency'],
    ['EUR', '2026-01-01', undefined],
  ])('%s on %s: nothing new is billed in it because of %s', (currency, on, code) => {
    expect(currencyRefusal(currency, parseLocalDate(on))?.code).toBe(code);
  });

  it.each(['ANG', 'BGN', 'HRK', 'XAU'])('%s is read for good', (currency) => {
    expect(isCurrency(currency)).toBe(true);
    expect(currencyExponent(currency)).toBe(currency === 'XAU' ? 0 : 2);
  });

  it.each(['usd', 'US', 'USDX', 'AAA', '', '123', 'toString', 'XXX', 'XTS'])('“%s” is none', (currency) => {
    expect(isCurrency(currency)).toBe(false);
    expect(() => currencyExponent(currency)).toThrow(RangeError);
  });
});

describe('money', () => {
  it.each([
    ['24.55', 'USD', 2455n],
    ['24.5', 'USD', 2450n],
    ['24.550', 'USD', 2455n],
    ['0', 'USD', 0n],
    ['-0', 'USD', 0n],
    ['-0.05', 'USD', -5n],
    ['5', 'JPY', 5n],
    ['5.0', 'JPY', 5n],
    ['5.12', 'KWD', 5120n],
    ['5.124', 'KWD', 5124n],
    ['12345678901234567890.12', 'USD', 1234567890123456789012n],
  ])('%s %s is %s minor units', (amount, currency, minor) => {
    expect(parseMoney(amount, currency)).toEqual({ minor, currency });
  });

  it.each([
    ['24.555', 'USD'],
    ['0.5', 'JPY'],
    ['5.1234', 'KWD'],
    ['1e2', 'USD'],
    ['', 'USD'],
    ['1,50', 'USD'],
    ['NaN', 'USD'],
    [`1${'0'.repeat(28)}`, 'USD'],
  ])('%s %s is not an amount', (amount, currency) => {
    expect(() => parseMoney(amount, currency)).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });

  it('is not parsed from a number', () => {
    expect(() => parseMoney(24.55 as never, 'USD')).toThrow(expect.objectContaining({ code: 'invalid_amount' }));
  });

  it.each([
    [2455n, 'USD', '24.55'],
    [5n, 'USD', '0.05'],
    [-5n, 'USD', '-0.05'],
    [0n, 'USD', '0.00'],
    [7n, 'JPY', '7'],
    [-7n, 'JPY', '-7'],
    [5120n, 'KWD', '5.120'],
    [1n, 'KWD', '0.001'],
  ])('%s minor units of %s are written %s', (minor, currency, text) => {
    expect(majorUnits(money(minor, currency))).toBe(text);
  });

  it('is read again from what it is written as', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(parseMoney(majorUnits(money(minor % 10n ** 30n, currency)), currency)).toEqual({
          minor: minor % 10n ** 30n,
          currency,
        });
      }),
    );
  });

  it('adds up in one currency alone', () => {
    expect(plus(money(2n, 'USD'), money(3n, 'USD'))).toEqual(money(5n, 'USD'));
    expect(minus(money(2n, 'USD'), money(3n, 'USD'))).toEqual(money(-1n, 'USD'));
    expect(negated(money(2n, 'USD'))).toEqual(money(-2n, 'USD'));
    expect(sum([], 'JPY')).toEqual(money(0n, 'JPY'));
    expect(sum([money(1n, 'JPY'), money(2n, 'JPY')], 'JPY')).toEqual(money(3n, 'JPY'));
    const mismatch = expect.objectContaining({ code: 'currency_mismatch' });
    expect(() => plus(money(1n, 'USD'), money(1n, 'EUR'))).toThrow(mismatch);
    expect(() => minus(money(1n, 'USD'), money(1n, 'EUR'))).toThrow(mismatch);
    expect(() => sum([money(1n, 'USD')], 'EUR')).toThrow(mismatch);
  });
});

describe('an amount rounded to minor units', () => {
  it.each([
    ['10.275', 'USD', 'half_up', 1028n],
    ['10.275', 'USD', 'half_even', 1028n],
    ['10.265', 'USD', 'half_even', 1026n],
    ['-10.265', 'USD', 'half_up', -1027n],
    ['100.5', 'JPY', 'half_up', 101n],
    ['100.5', 'JPY', 'half_even', 100n],
    ['1.23456', 'KWD', 'half_up', 1235n],
    ['0.004999999999', 'USD', 'half_up', 0n],
  ] as const)('%s %s %s is %s', (amount, currency, rounding, minor) => {
    expect(roundedToMinor(Decimal.parse(amount), currency, rounding)).toEqual({ minor, currency });
  });

  it.each([
    ['9.95', 30n, 31n, 963n],
    ['100', 17n, 31n, 5484n],
    ['30', 17n, 31n, 1645n],
    ['1', 4n, 7n, 57n],
    ['19.95', 0n, 30n, 0n],
  ])('%s for %s of %s days is %s, rounded once', (amount, numerator, denominator, minor) => {
    const part = { numerator, denominator };
    expect(roundedToMinor(Decimal.parse(amount), 'USD', 'half_up', part)).toEqual({ minor, currency: 'USD' });
  });
});
