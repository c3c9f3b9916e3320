import { Decimal } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { convertedUnits } from './conversion.js';
import type { UnitConversion } from './price.js';

describe('units', () => {
  it.each<[string, UnitConversion, string]>([
    ['1400', { divideBy: '1000', rounding: { mode: 'up', digits: 0 } }, '2'],
    ['1400', { divideBy: '1000', rounding: { mode: 'down', digits: 1 }, freeUnits: '0.5' }, '0.9'],
    ['1', { divideBy: '3' }, '0.333333333333'],
    ['2', { multiplyBy: '1.5', rounding: { mode: 'half_up', digits: -1 } }, '0'],
    ['3', { freeUnits: '5' }, '0'],
  ])('%s converted by %j are %s', (quantity, conversion, expected) => {
    expect(convertedUnits(Decimal.parse(quantity), conversion).toString()).toBe(expected);
  });
});
