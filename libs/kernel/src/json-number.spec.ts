import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Decimal } from './decimal.js';
import { decimalOfJsonNumber } from './json-number.js';

fc.configureGlobal({ seed: 1 });

describe('the decimal of a JSON number', () => {
  it.each([
    ['21.44988849635786', '21.44988849635786'],
    ['12345678901234567890.5', '12345678901234567890.5'],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['1.50', '1.5'],
    ['1.0', '1'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['0', '0'],
    ['-7', '-7'],
    ['1e3', '1000'],
    ['1E+3', '1000'],
    ['1.25e1', '12.5'],
    ['12.5e-1', '1.25'],
    ['-1e-7', '-0.0000001'],
    ['100e-2', '1'],
    ['1e21', '1000000000000000000000'],
    ['1e401', '1e401'],
    ['1e-999999999', '1e-999999999'],
  ])('%s is %s', (source, decimal) => expect(decimalOfJsonNumber(source)).toBe(decimal));

  it('is what JSON means by it', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 10 }),
        fc.integer({ min: -12, max: 12 }),
        (n, scale, exponent) => {
          const written = `${new Decimal(BigInt(n), scale).toString()}e${exponent}`;
          const meant =
            exponent < 0
              ? new Decimal(BigInt(n), scale - exponent)
              : new Decimal(BigInt(n) * 10n ** BigInt(exponent), scale);
          expect(decimalOfJsonNumber(written)).toBe(meant.toString());
        },
      ),
    );
  });

  it('of millions of digits takes no longer than they are many', () => {
    const zeros = '0'.repeat(3_000_000);
    const before = process.cpuUsage();
    expect(decimalOfJsonNumber(`1.${zeros}1`)).toHaveLength(zeros.length + 3);
    expect(decimalOfJsonNumber(`1.5${zeros}`)).toBe('1.5');
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });
});
