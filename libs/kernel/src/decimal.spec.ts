import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal, isDecimal, maxDecimal, minDecimal } from './decimal.js';
import { roundedQuotient, type Rounding } from './rounding.js';

fc.configureGlobal({ seed: 1 });

const parse = (text: string) => Decimal.parse(text);

/** Plain decimals with up to 18 digits on either side of the point. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 36n), max: 10n ** 36n }), fc.integer({ min: 0, max: 18 }))
  .map(([coefficient, scale]) => new Decimal(coefficient, scale));

/** The same number as a fraction of integers, which knows nothing of digits. */
const rational = ({ coefficient, scale }: Decimal) => ({ numerator: coefficient, denominator: 10n ** BigInt(scale) });

const isSame = (decimal: Decimal, numerator: bigint, denominator: bigint): boolean => {
  const own = rational(decimal);
  return own.numerator * denominator === numerator * own.denominator;
};

describe('a decimal text', () => {
  it.each(['0', '-0', '7', '-7', '0.1', '-0.10', '10.000', '9'.repeat(38), `0.${'0'.repeat(23)}1`])(
    '%s is a plain decimal',
    (text) => {
      expect(isDecimal(text)).toBe(true);
    },
  );

  it.each([
    '',
    '.',
    '.5',
    '5.',
    '+5',
    '--5',
    '05',
    '1e3',
    '1E3',
    'NaN',
    'Infinity',
    '1,5',
    '1_000',
    ' 1',
    '1\n',
    '٣',
    '0x10',
    '9'.repeat(39),
    `0.${'0'.repeat(24)}1`,
  ])('“%s” is not', (text) => {
    expect(isDecimal(text)).toBe(false);
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'invalid_decimal' }));
  });

  it.each([5, 5n, null, undefined, {}, ['5']])('%p is no text at all', (value) => {
    expect(isDecimal(value)).toBe(false);
  });
});

describe('a decimal', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['1', '-1', '0'],
    ['99999999999999999999.5', '0.5', '100000000000000000000'],
    ['-0.005', '0.0049', '-0.0001'],
  ])('%s + %s is %s', (left, right, sum) => {
    expect(parse(left).plus(parse(right)).toString()).toBe(sum);
  });

  it.each([
    ['0.1', '0.1', '0.01'],
    ['-1.5', '2', '-3'],
    ['0', '-5', '0'],
    ['1000000', '0.000001', '1'],
  ])('%s × %s is %s', (left, right, product) => {
    expect(parse(left).times(parse(right)).toString()).toBe(product);
  });

  it.each([
    ['10.10', '10.1'],
    ['-0', '0'],
    ['-0.00', '0'],
    ['100', '100'],
    ['0.050', '0.05'],
  ])('%s is written %s', (text, canonical) => {
    expect(parse(text).toString()).toBe(canonical);
    expect(JSON.stringify({ amount: parse(text) })).toBe(`{"amount":"${canonical}"}`);
  });

  it.each([
    ['1.0', '1', 0],
    ['-2', '-1.99', -1],
    ['0.1', '0.09999', 1],
  ] as const)('%s compared with %s is %d', (left, right, order) => {
    expect(parse(left).compare(parse(right))).toBe(order);
    expect(parse(left).equals(parse(right))).toBe(order === 0);
  });

  it.each([
    ['123.456', 2, 'half_up', '123.46'],
    ['123.456', 2, 'down', '123.45'],
    ['123.451', 2, 'up', '123.46'],
    ['123.456', 0, 'half_up', '123'],
    ['123.456', -1, 'half_up', '120'],
    ['125', -1, 'half_even', '120'],
    ['125', -1, 'half_up', '130'],
    ['-125', -1, 'half_up', '-130'],
    ['1', -2, 'up', '100'],
    ['1.5', 4, 'up', '1.5'],
  ] as const)('%s rounded to %d digits %s is %s', (text, digits, rounding, rounded) => {
    expect(parse(text).rounded(digits, rounding).toString()).toBe(rounded);
  });

  it.each([
    ['121', '10', 'up', 13n],
    ['120', '10', 'up', 12n],
    ['0.3', '0.1', 'down', 3n],
    ['0.35', '0.1', 'half_up', 4n],
    ['0', '10', 'up', 0n],
  ] as const)('%s holds %s, rounded %s, %s times', (text, size, rounding, times) => {
    expect(parse(text).dividedToInteger(parse(size), rounding)).toBe(times);
  });

  it('adds, subtracts, multiplies and compares as fractions of integers do', () => {
    fc.assert(
      fc.property(decimals, decimals, (left, right) => {
        const [a, b] = [rational(left), rational(right)];
        const denominator = a.denominator * b.denominator;
        const [x, y] = [a.numerator * b.denominator, b.numerator * a.denominator];
        expect(isSame(left.plus(right), x + y, denominator)).toBe(true);
        expect(isSame(left.minus(right), x - y, denominator)).toBe(true);
        expect(isSame(left.times(right), a.numerator * b.numerator, denominator)).toBe(true);
        expect(left.compare(right)).toBe(x < y ? -1 : x > y ? 1 : 0);
        const [least, most] = [minDecimal(left, right), maxDecimal(left, right)];
        expect(least.compare(most)).not.toBe(1);
        expect(least.plus(most).equals(left.plus(right))).toBe(true);
      }),
    );
  });

  it('is read again from what it is written as', () => {
    fc.assert(
      fc.property(decimals, (decimal) => {
        const text = decimal.toString();
        expect(isDecimal(text)).toBe(true);
        expect(parse(text).equals(decimal)).toBe(true);
        expect(parse(text).toString()).toBe(text);
        expect(text).not.toMatch(/^-?0\d|\.\d*0$|^-0$/);
      }),
    );
  });
});

describe('a rounded quotient', () => {
  it.each<[bigint, bigint, Record<Rounding, bigint>]>([
    [5n, 2n, { half_up: 3n, half_even: 2n, up: 3n, down: 2n, ceiling: 3n, floor: 2n }],
    [7n, 2n, { half_up: 4n, half_even: 4n, up: 4n, down: 3n, ceiling: 4n, floor: 3n }],
    [-5n, 2n, { half_up: -3n, half_even: -2n, up: -3n, down: -2n, ceiling: -2n, floor: -3n }],
    [-7n, 2n, { half_up: -4n, half_even: -4n, up: -4n, down: -3n, ceiling: -3n, floor: -4n }],
    [5n, -2n, { half_up: -3n, half_even: -2n, up: -3n, down: -2n, ceiling: -2n, floor: -3n }],
    [-5n, -2n, { half_up: 3n, half_even: 2n, up: 3n, down: 2n, ceiling: 3n, floor: 2n }],
    [1n, 3n, { half_up: 0n, half_even: 0n, up: 1n, down: 0n, ceiling: 1n, floor: 0n }],
    [2n, 3n, { half_up: 1n, half_even: 1n, up: 1n, down: 0n, ceiling: 1n, floor: 0n }],
    [-1n, 3n, { half_up: 0n, half_even: 0n, up: -1n, down: 0n, ceiling: 0n, floor: -1n }],
    [6n, 3n, { half_up: 2n, half_even: 2n, up: 2n, down: 2n, ceiling: 2n, floor: 2n }],
    [0n, 3n, { half_up: 0n, half_even: 0n, up: 0n, down: 0n, ceiling: 0n, floor: 0n }],
  ])('%s / %s', (numerator, denominator, expected) => {
    for (const [rounding, quotient] of Object.entries(expected)) {
      expect(roundedQuotient(numerator, denominator, rounding as Rounding)).toBe(quotient);
    }
  });

  it('is the integer that its mode names, and the same on both sides of zero', () => {
    const integers = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    const divisors = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(integers, divisors, (numerator, denominator) => {
        const magnitude = (value: bigint) => (value < 0n ? -value : value);
        for (const rounding of ['half_up', 'half_even', 'up', 'down'] as const) {
          const quotient = roundedQuotient(numerator, denominator, rounding);
          const error = magnitude(numerator) - magnitude(quotient) * denominator;
          if (rounding === 'down') expect(error >= 0n && error < denominator).toBe(true);
          if (rounding === 'up') expect(error <= 0n && error > -denominator).toBe(true);
          if (rounding.startsWith('half')) expect(magnitude(error) * 2n <= denominator).toBe(true);
          if (rounding === 'half_up') expect(error * 2n < denominator).toBe(true);
          if (rounding === 'half_even' && magnitude(error) * 2n === denominator) expect(quotient % 2n).toBe(0n);
          expect(roundedQuotient(-numerator, denominator, rounding)).toBe(-quotient);
        }
      }),
    );
  });
});
