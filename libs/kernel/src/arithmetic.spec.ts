import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { computed, namesIn, parseArithmetic } from './arithmetic.js';
import { Decimal } from './decimal.js';

fc.configureGlobal({ seed: 1 });

const value = (text: string, numbers: Readonly<Record<string, string>> = {}): string | null => {
  const found = computed(parseArithmetic(text), (name) => (name in numbers ? Decimal.parse(numbers[name]!) : null));
  return found === null ? null : found.toString();
};

describe('arithmetic over names', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['10 - 4 - 3', '3'],
    ['100 / 10 / 5', '2'],
    ['-2 * -3', '6'],
    ['2 − 3 × 4 ÷ 6', '0'],
    ['0.1 + 0.2', '0.3'],
    ['1 / 3', '0.333333333333333333'],
    ['2 / 3', '0.666666666666666667'],
    ['-(2 / 3)', '-0.666666666666666667'],
    ['99999999999999999999 * 99999999999999999999', '9999999999999999999800000000000000000001'],
  ])('%s is %s', (text, expected) => expect(value(text)).toBe(expected));

  it('reads names as they are, and others in quotes', () => {
    expect(value('input - cached', { input: '374', cached: '100' })).toBe('274');
    expect(value('gen_ai.usage.input_tokens * 2', { 'gen_ai.usage.input_tokens': '5' })).toBe('10');
    expect(value('"GB used" × hours', { 'GB used': '1.5', hours: '4' })).toBe('6');
    expect(namesIn(parseArithmetic('a + b * a / "c d"'))).toEqual(['a', 'b', 'c d']);
  });

  it('has no value where a name has none, or something is divided by zero', () => {
    expect(value('a - b', { a: '1' })).toBeNull();
    expect(value('a / b', { a: '1', b: '0' })).toBeNull();
    expect(value('1 / (2 - 2)')).toBeNull();
  });

  it.each([
    '',
    ' ',
    '1 +',
    '+ 1',
    '1 2',
    'a b',
    '(1',
    '1)',
    '()',
    '1 ** 2',
    'a = 1',
    'f(x)',
    '1e3',
    '.5',
    '"',
    '""',
    'a;b',
    '007',
  ])('“%s” is none', (text) =>
    expect(() => parseArithmetic(text)).toThrow(expect.objectContaining({ code: 'invalid_expression' })),
  );

  it('is bounded in length, parts and depth', () => {
    for (const text of [
      'a'.repeat(257),
      Array(40).fill('1').join('+'),
      `${'('.repeat(17)}1${')'.repeat(17)}`,
      '-'.repeat(20) + '1',
    ])
      expect(() => parseArithmetic(text)).toThrow(expect.objectContaining({ code: 'invalid_expression' }));
  });

  it('computes as it is written, whatever the numbers', () => {
    const number = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        expect(value(`${a} - ${b} * ${c}`)).toBe(String(BigInt(a) - BigInt(b) * BigInt(c)));
        expect(value(`(${a} + ${b}) * -${c}`)).toBe(String((BigInt(a) + BigInt(b)) * -BigInt(c)));
      }),
    );
  });
});
