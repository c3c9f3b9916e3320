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
    ['by percentage', { model: 'percentage', rate: '2.9', fixedAmount: '0.30', eventMinimum: '1', eventMaximum: '1' }],
    ['by rates', { model: 'graduated_percentage', tiers: [{ upTo: null, rate: '1' }] }],
    [
      'with a commitment',
      { model: 'committed', committedUnits: '1', amount: '1', overage: { model: 'flat', amount: '1' } },
    ],
    ['by properties', { model: 'matrix', dimensions: ['a'], cells: [{ match: {}, unitAmount: '1' }] }],
    ['in blocks', { model: 'volume', tiers: [{ upTo: null, unitAmount: '1', blockSize: '10' }] }],
    ['converted', { model: 'flat', amount: '1', conversion: { divideBy: '1000', freeUnits: '1' } }],
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
    ['by a rate below nothing', { model: 'percentage', rate: '-1' }, ['/rate negative']],
    [
      'with readings that cost at least more than at most',
      { model: 'percentage', rate: '1', eventMinimum: '2', eventMaximum: '1' },
      ['/eventMaximum maximum_below_minimum'],
    ],
    [
      'by rates that are none',
      { model: 'graduated_percentage', tiers: [{ upTo: null, rate: 'x' }] },
      ['/tiers/0/rate invalid_decimal'],
    ],
    [
      'with an overage that cannot be rated',
      { model: 'committed', committedUnits: '-1', amount: '1', overage: { model: 'volume', tiers: [] } },
      ['/committedUnits negative', '/overage/tiers invalid_tiers'],
    ],
    [
      'by no properties',
      { model: 'matrix', dimensions: [], cells: [] },
      ['/dimensions invalid_matrix', '/cells invalid_matrix'],
    ],
    [
      'by properties that it does not name',
      { model: 'matrix', dimensions: ['a'], cells: [{ match: { b: 'x' }, unitAmount: '-1' }] },
      ['/cells/0/unitAmount negative', '/cells/0/match invalid_matrix'],
    ],
    [
      'in blocks of nothing',
      { model: 'volume', tiers: [{ upTo: null, unitAmount: '1', blockSize: '0' }] },
      ['/tiers/0/blockSize invalid_package_size'],
    ],
    [
      'divided by nothing',
      { model: 'flat', amount: '1', conversion: { divideBy: '0.0' } },
      ['/conversion/divideBy division_by_zero'],
    ],
    ['with a limit that is none', { model: 'flat', amount: '1', minimum: 'much' }, ['/minimum invalid_decimal']],
  ])('%s', (_, price, expected) => {
    expect(violations(price)).toEqual(expected);
  });
});
