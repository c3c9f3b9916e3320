import type { Meter } from '#contracts';
import { aMeter } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { meterViolations } from '../catalog/meter.js';
import { numberOf } from './reading-value.js';
import { valueRefusal } from './value-refusal.js';

const sum = (fields: Partial<Meter>) => aMeter({ aggregation: 'sum', ...fields });
const seconds = (mode: 'up' | 'down' | 'half_up', step: string, least?: string) =>
  sum({ valueProperty: 'n', roundEach: { mode, step, ...(least === undefined ? {} : { least }) } });
const counted = (meter: Meter, n: string) => numberOf({ n }, meter)?.toString();

describe('what a meter counts of a reading', () => {
  it.each([
    ['60/60', seconds('up', '60', '60'), { '1': '60', '60': '60', '61': '120', '0': '60' }],
    ['60/6', seconds('up', '6', '60'), { '1': '60', '61': '66', '66': '66', '66.01': '72' }],
    ['30/6', seconds('up', '6', '30'), { '5': '30', '30': '30', '31': '36', '37': '42' }],
    ['20/6, which is no whole number of sixes', seconds('up', '6', '20'), { '20': '20', '21': '26', '27': '32' }],
    ['1/1', seconds('up', '1', '1'), { '0.2': '1', '61.2': '62' }],
    ['by 6 seconds', seconds('up', '6'), { '61': '66', '5': '6', '0': '0', '-61': '-66' }],
    ['of 100 milliseconds', seconds('up', '100'), { '1': '100', '101': '200', '200': '200' }],
    ['down to 0.3', seconds('down', '0.3'), { '1': '0.9', '0.29': '0' }],
    ['half up to 10', seconds('half_up', '10'), { '4.99': '0', '5': '10', '14': '10', '15': '20' }],
  ])('is rounded %s', (_, meter, cases) => {
    for (const [n, expected] of Object.entries(cases)) expect([n, counted(meter, n)]).toEqual([n, expected]);
  });

  it('is put together of several properties', () => {
    const tokens = sum({ valueExpression: 'input - cached' });
    expect(numberOf({ input: '374', cached: '100' }, tokens)?.toString()).toBe('274');
    expect(numberOf({ input: '374' }, tokens)).toBeNull();
    expect(numberOf({ input: '374', cached: 'some' }, tokens)).toBeNull();
    const storage = sum({ valueExpression: 'bytes / 1000000000 * hours', roundEach: { mode: 'up', step: '0.01' } });
    expect(numberOf({ bytes: '1500000000', hours: '4.5' }, storage)?.toString()).toBe('6.75');
    expect(numberOf({ bytes: '1', hours: '1' }, storage)?.toString()).toBe('0.01');
  });

  it('is nothing below zero where the meter does not allow it, unless it says by how much a level moves', () => {
    expect(counted(sum({ valueProperty: 'n', allowNegative: false }), '-1')).toBeUndefined();
    expect(counted(sum({ valueProperty: 'n', allowNegative: true }), '-1')).toBe('-1');
    expect(counted(sum({ valueProperty: 'n' }), '-1')).toBe('-1');
    expect(counted(sum({ valueProperty: 'n', allowNegative: false, recurring: true }), '-1')).toBe('-1');
    expect(counted(aMeter({ aggregation: 'weighted_sum', valueProperty: 'n', allowNegative: false }), '-1')).toBe('-1');
  });
});

describe('a reading that a meter could not count', () => {
  const refused = (properties: Record<string, string>, meter: Meter) => valueRefusal(properties, [meter])?.code;
  const positive = sum({ valueProperty: 'n', allowNegative: false });

  it('is refused, not lost in silence', () => {
    expect(refused({ n: 'many' }, positive)).toBe('invalid_decimal');
    expect(refused({ n: '-0.01' }, positive)).toBe('negative_value');
    expect(refused({ a: '1', b: '2' }, sum({ valueExpression: 'a - b', allowNegative: false }))).toBe('negative_value');
    expect(refused({ a: '1', b: '0' }, sum({ valueExpression: 'a / b' }))).toBe('value_not_computable');
    expect(refused({ a: 'x', b: '0' }, sum({ valueExpression: 'a / b' }))).toBe('invalid_decimal');
  });

  it('is none where it says nothing to the meter', () => {
    expect(refused({}, positive)).toBeUndefined();
    expect(refused({ n: '-0' }, positive)).toBeUndefined();
    expect(refused({ a: '1' }, sum({ valueExpression: 'a / b' }))).toBeUndefined();
    const sales = { ...positive, filters: [{ property: 'kind', operator: 'eq' as const, value: 'sale' }] };
    expect(refused({ n: '-5', kind: 'refund' }, sales)).toBeUndefined();
    expect(refused({ n: '-5', kind: 'sale' }, sales)).toBe('negative_value');
  });
});

describe('a meter', () => {
  it.each<[string, Partial<Meter>, string, string]>([
    ['an expression that is none', { valueExpression: 'a +' }, '/valueExpression', 'invalid_expression'],
    ['an expression without properties', { valueExpression: '1 + 1' }, '/valueExpression', 'invalid_expression'],
    [
      'property and expression',
      { valueProperty: 'n', valueExpression: 'n' },
      '/valueExpression',
      'value_expression_not_allowed',
    ],
    [
      'an expression to count',
      { aggregation: 'count', valueExpression: 'n' },
      '/valueExpression',
      'value_expression_not_allowed',
    ],
    [
      'a step of zero',
      { valueProperty: 'n', roundEach: { mode: 'up', step: '0' } },
      '/roundEach/step',
      'invalid_decimal',
    ],
    [
      'a least value below zero',
      { valueProperty: 'n', roundEach: { mode: 'up', step: '1', least: '-1' } },
      '/roundEach/least',
      'invalid_decimal',
    ],
    [
      'rounding of what is told apart',
      { aggregation: 'unique_count', valueProperty: 'n', roundEach: { mode: 'up', step: '1' } },
      '/roundEach',
      'round_each_not_allowed',
    ],
    ['a count below zero', { aggregation: 'count', allowNegative: true }, '/allowNegative', 'negative_not_allowed'],
  ])('does not have %s', (_, fields, pointer, code) => {
    const { valueProperty: _own, ...bare } = aMeter({ aggregation: 'sum' });
    expect(meterViolations({ ...bare, ...fields })).toMatchObject([{ pointer, code }]);
  });
});
