import { describe, expect, it } from '@jest/globals';
import { aggregateValues, firstOfEachId, type ReportAggregation } from './aggregation.js';

describe('values', () => {
  it.each<[ReportAggregation, string]>([
    ['sum', '11'],
    ['count', '3'],
    ['min', '1'],
    ['max', '5'],
    ['avg', '3.666666666667'],
    ['unique_count', '2'],
    ['latest', '5'],
  ])('are one by %s', (aggregation, value) => {
    expect(aggregateValues(aggregation, ['5', '1', '5']).toString()).toBe(value);
    expect(aggregateValues(aggregation, []).isZero).toBe(true);
  });

  it('of one id are the first', () => {
    const readings = [
      { id: 'a', value: 1 },
      { id: 'b', value: 2 },
      { id: 'a', value: 3 },
    ];
    expect(firstOfEachId(readings).map(({ value }) => value)).toEqual([1, 2]);
  });
});
