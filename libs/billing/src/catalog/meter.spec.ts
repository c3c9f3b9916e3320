import type { FilterOperator, MeterFilter, Aggregation } from '#contracts';
import { aMeter } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { meterViolations } from './meter.js';

const filter = (operator: FilterOperator, value: MeterFilter['value']): MeterFilter => ({
  property: 'model',
  operator,
  value,
});
const violations = (...filters: MeterFilter[]) =>
  meterViolations(aMeter({ filters })).map(({ pointer, code }) => `${pointer} ${code}`);

describe('a meter', () => {
  it('that counts reads no property', () => {
    expect(meterViolations(aMeter({ aggregation: 'count' }))).toEqual([]);
  });

  it.each<Aggregation>(['sum', 'max', 'unique_count', 'latest', 'weighted_sum'])('of %s reads one', (aggregation) => {
    expect(meterViolations(aMeter({ aggregation }))).toMatchObject([
      { pointer: '/valueProperty', code: 'value_property_required' },
    ]);
    expect(meterViolations(aMeter({ aggregation, valueProperty: 'tokens' }))).toEqual([]);
  });
});

describe('a filter', () => {
  it.each<[FilterOperator, MeterFilter['value']]>([
    ['eq', 'gpt'],
    ['ne', ''],
    ['in', ['a', 'b']],
    ['not_in', ['a']],
    ['gt', '1.5'],
    ['gte', '0'],
    ['lt', '-1'],
    ['lte', '10'],
    ['exists', true],
    ['exists', false],
  ])('%s takes %j', (operator, value) => {
    expect(violations(filter(operator, value))).toEqual([]);
  });

  it.each<[FilterOperator, MeterFilter['value']]>([
    ['eq', true],
    ['eq', ['a']],
    ['ne', false],
    ['in', 'a'],
    ['in', []],
    ['not_in', true],
    ['gt', 'much'],
    ['gte', ''],
    ['lt', ['1']],
    ['lte', '1e3'],
    ['exists', 'true'],
  ])('%s does not take %j', (operator, value) => {
    expect(violations(filter('eq', 'x'), filter(operator, value))).toEqual(['/filters/1/value invalid_filter']);
  });
});
