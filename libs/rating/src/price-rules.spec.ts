import { describe, expect, it } from '@jest/globals';
import { priceViolations } from './price-rules.js';
import type { Price } from './price.js';

const violations = (price: unknown) => priceViolations(price as Price).map(({ pointer, code }) => `${pointer} ${code}`);
const tiers = (...ends: (string | null)[]) => ends.map((upTo) => ({ upTo, unitAmount: '1' }));

describe('a price that can be rated', () => {
  it.each<[string, unknown]>([
    ['flat', { model: 'flat', amount: '0' }],
    ['per unit', { model: 'per_unit', unitAmount: '0.000001', minimum: '1', maximum: '1' }],
    ['in one tier', { model: 'graduated', tiers: tiers(null) }],
    ['in fractional tiers', { model: 'volume', tiers: tiers('0.5', '1', null) }],
    ['by packages', { model: 'package', amount: '1', size: '0.1', freeUnits: '0' }],
  ])('%s', (_, price) => {
    expect(violations(price)).toEqual([]);
  });
});

describe('a price that cannot be rated', () => {
  it.each<[string, unknown, string[]]>([
    ['negative', { model: 'flat', amount: '-1' }, ['/amount negative']],
    ['a number', { model: 'flat', amount: 1 }, ['/amount invalid_decimal']],
    ['an exponent', { model: 'per_unit', unitAmount: '1e3' }, ['/unitAmount invalid_decimal']],
    ['without tiers', { model: 'graduated', tiers: [] }, ['/tiers invalid_tiers']],
    ['without a last tier', { model: 'graduated', tiers: tiers('1', '2') }, ['/tiers/1/upTo invalid_tiers']],
    ['with two last tiers', { model: 'volume', tiers: tiers('1', null, null) }, ['/tiers/1/upTo invalid_tiers']],
    ['with an empty tier', { model: 'volume', tiers: tiers('1', '1', null) }, ['/tiers/1/upTo invalid_tiers']],
    ['with tiers in no order', { model: 'volume', tiers: tiers('5', '3', null) }, ['/tiers/1/upTo invalid_tiers']],
    ['with a tier up to zero', { model: 'volume', tiers: tiers('0', null) }, ['/tiers/0/upTo invalid_tiers']],
    [
      'with amounts that are none, all of which are told',
      { model: 'volume', tiers: [{ upTo: 'x', unitAmount: '-1', flatAmount: '' }] },
      ['/tiers/0/unitAmount negative', '/tiers/0/flatAmount invalid_decimal', '/tiers/0/upTo invalid_decimal'],
    ],
    ['of packages of nothing', { model: 'package', amount: '1', size: '0.00' }, ['/size invalid_package_size']],
    ['of packages below nothing', { model: 'package', amount: '1', size: '-1' }, ['/size negative']],
    [
      'with fewer than no free units',
      { model: 'package', amount: '1', size: '1', freeUnits: '-1' },
      ['/freeUnits negative'],
    ],
    [
      'with limits that contradict each other',
      { model: 'flat', amount: '1', minimum: '2', maximum: '1' },
      ['/maximum maximum_below_minimum'],
    ],
    ['with a limit that is none', { model: 'flat', amount: '1', minimum: 'much' }, ['/minimum invalid_decimal']],
  ])('%s', (_, price, expected) => {
    expect(violations(price)).toEqual(expected);
  });
});
