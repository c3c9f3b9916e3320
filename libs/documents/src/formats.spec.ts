import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CURRENCY_DIGITS, majorUnits, money, type LocalDate } from '#kernel';
import { formatsIn } from './formats.js';
import { LANGUAGES } from './languages.js';

/** ICU separates by blanks that look alike. */
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F\u2009]/gu, ' ');

describe('numbers', () => {
  it.each([
    ['en', '€1,234.50'],
    ['de', '1.234,50 €'],
    ['fr', '1 234,50 €'],
    ['de-CH', "EUR 1'234.50"],
    ['ar', '\u200F1,234.50 €'],
    ['he', '\u200F1,234.50 \u200F€'],
  ])('are written as people of %s do', (language, text) => {
    expect(plain(formatsIn(language).money(money(123_450n, 'EUR')))).toBe(text);
  });

  it('have all digits of a price, and those of the currency at the least', () => {
    const { price } = formatsIn('en');
    expect(price('0.000012', 'USD')).toBe('$0.000012');
    expect(price('3', 'USD')).toBe('$3.00');
    expect(price('3', 'JPY')).toBe('¥3');
    expect(price('0.123456789012345678901234', 'KWD')).toContain('0.123456789012345678901234');
  });

  it('are exact, however large, in every language and currency', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.constantFrom(...CURRENCY_DIGITS.map(([currency]) => currency)),
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        (language, currency, minor) => {
          const amount = money(minor, currency);
          const digits = formatsIn(language).money(amount).replaceAll(currency, '').replaceAll(/\D/gu, '');
          expect(digits).toBe(majorUnits(amount).replace('.', ''));
        },
      ),
    );
  });

  it('show their sign', () => expect(formatsIn('en').money(money(-5n, 'USD'))).toBe('-$0.05'));

  it('are percentages as they are', () => {
    expect(formatsIn('en').percent('8.875')).toBe('8.875%');
    expect(plain(formatsIn('de').percent('19'))).toBe('19 %');
  });
});

describe('days', () => {
  const [first, last] = ['2026-01-01' as LocalDate, '2026-01-31' as LocalDate];

  it('are Gregorian, in Western digits, everywhere', () => {
    expect(formatsIn('en').day(first)).toBe('January 1, 2026');
    expect(formatsIn('de').day(first)).toBe('1. Januar 2026');
    for (const language of ['ar-SA', 'ja-JP', 'he-IL']) expect(formatsIn(language).day(first)).toContain('2026');
  });

  it('are told once where there is one', () => {
    expect(plain(formatsIn('en').days({ first, last }))).toBe('Jan 1 – 31, 2026');
    expect(formatsIn('en').days({ first, last: first })).toBe('Jan 1, 2026');
  });
});
