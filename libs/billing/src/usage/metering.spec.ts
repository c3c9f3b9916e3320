import type { Aggregation, QuantityRounding, Meter, FilterOperator, MeterFilter } from '#contracts';
import { aMeter, aReading, at, anId, SUBSCRIPTION } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { UsageDemand } from './measurement.js';
import { counts, matches, measure, type CountedReading } from './metering.js';

const demand = (parts: Partial<UsageDemand> = {}): UsageDemand => ({
  key: 'demand',
  meter: aMeter(),
  subscriptionId: SUBSCRIPTION,
  start: at('2026-01-01T00:00:00Z'),
  end: at('2026-02-01T00:00:00Z'),
  zone: 'UTC',
  takenByEarlier: [],
  ...parts,
});

const meterOf = (aggregation: Aggregation, rounding?: QuantityRounding): Meter =>
  aMeter({ aggregation, valueProperty: 'value', ...(rounding ? { rounding } : {}) });

/** One reading per value, at the given instants; each in an event of its own. */
const valued = (...values: readonly (readonly [instant: string, value: string])[]): CountedReading[] =>
  values.map(([instant, value], revision) => aReading({ revision, at: at(instant), properties: { value } }));

const quantity = (meter: Meter, readings: readonly CountedReading[], parts: Partial<UsageDemand> = {}) =>
  measure(demand({ meter, ...parts }), readings).quantity;

const MAY = '2026-01-05T00:00:00Z';
const JULY = '2026-01-07T00:00:00Z';

describe('a meter that aggregates by', () => {
  it.each<[Aggregation, (readonly [string, string])[], string]>([
    ['count', [], '0'],
    [
      'count',
      [
        [MAY, '2'],
        [MAY, 'x'],
        [JULY, ''],
      ],
      '3',
    ],
    ['sum', [], '0'],
    [
      'sum',
      [
        [MAY, '12'],
        [MAY, '12.434'],
        [JULY, '-0.434'],
      ],
      '24',
    ],
    [
      'sum',
      [
        [MAY, '100'],
        [MAY, 'NaN'],
        [MAY, 'Inf'],
        [MAY, '1e3'],
        [MAY, ''],
      ],
      '100',
    ],
    ['max', [], '0'],
    [
      'max',
      [
        [MAY, '4'],
        [MAY, '14.2'],
      ],
      '14.2',
    ],
    [
      'max',
      [
        [MAY, '-4'],
        [MAY, '-14.2'],
      ],
      '-4',
    ],
    ['unique_count', [], '0'],
    [
      'unique_count',
      [
        [MAY, 'a'],
        [JULY, 'a'],
        [MAY, 'b'],
        [MAY, ''],
        [MAY, '1'],
        [MAY, '1.0'],
      ],
      '5',
    ],
    ['latest', [], '0'],
    [
      'latest',
      [
        [MAY, '100'],
        [JULY, '7'],
        ['2026-01-06T00:00:00Z', '200'],
      ],
      '7',
    ],
    [
      'latest',
      [
        [JULY, '3'],
        [JULY, '4'],
        [JULY, 'none'],
      ],
      '4',
    ],
    ['weighted_sum', [], '0'],
    ['weighted_sum', [['2026-01-01T00:00:00Z', '1000']], '1000'],
    ['weighted_sum', [['2026-01-16T12:00:00Z', '2']], '1'],
  ])('%s makes of %j the quantity %s', (aggregation, values, expected) => {
    expect(quantity(meterOf(aggregation), valued(...values))).toBe(expected);
  });

  it.each<[(readonly [string, string])[], string]>([
    [
      [
        ['2026-01-01T00:00:00Z', '2'],
        ['2026-01-01T02:00:00Z', '-1'],
      ],
      '1.00269',
    ],
    [[['2026-01-01T01:00:00Z', '3']], '2.99597'],
    [
      [
        ['2026-01-01T00:00:00Z', '2'],
        ['2026-01-01T01:00:00Z', '3'],
        ['2026-01-01T01:30:00Z', '1'],
        ['2026-01-01T02:00:00Z', '-4'],
        ['2026-01-01T04:00:00Z', '-2'],
        ['2026-01-01T05:00:00Z', '10'],
        ['2026-01-01T05:30:00Z', '-10'],
      ],
      '0.02218',
    ],
  ])('weighted_sum holds each value until the end of its 31 days: %j is %s', (values, expected) => {
    expect(quantity(meterOf('weighted_sum', { mode: 'half_up', digits: 5 }), valued(...values))).toBe(expected);
  });

  it('weighted_sum is exact to twelve digits where no rounding is named', () => {
    expect(quantity(meterOf('weighted_sum'), valued(['2026-01-22T00:00:00Z', '1']))).toBe('0.322580645161');
  });

  it('weighted_sum is nothing in no time', () => {
    const end = at('2026-01-01T00:00:00Z');
    expect(quantity(meterOf('weighted_sum'), [], { end })).toBe('0');
  });

  it('latest, of equal instants, takes what was recorded later', () => {
    const [first, second] = ['1', '2'].map((value, ordinal) =>
      aReading({ revision: 3, ordinal, properties: { value } }),
    );
    const third = aReading({ revision: 2, properties: { value: '3' } });
    expect(quantity(meterOf('latest'), [second!, first!, third])).toBe('2');
  });
});

describe('a quantity', () => {
  it.each<[string, QuantityRounding, string]>([
    ['123.456', { mode: 'half_up', digits: 2 }, '123.46'],
    ['123.456', { mode: 'half_up', digits: 0 }, '123'],
    ['123.456', { mode: 'up', digits: 0 }, '124'],
    ['123.456', { mode: 'up', digits: -2 }, '200'],
    ['123.456', { mode: 'down', digits: 2 }, '123.45'],
    ['123.456', { mode: 'down', digits: 0 }, '123'],
  ])('of %s is rounded by %j to %s, as a whole', (value, rounding, expected) => {
    const halves = valued([MAY, value], [MAY, '0.0']);
    expect(quantity(meterOf('sum', rounding), halves)).toBe(expected);
    expect(quantity(meterOf('weighted_sum', rounding), valued(['2026-01-01T00:00:00Z', value]))).toBe(expected);
  });
});

describe('what is measured', () => {
  it('says how many readings it is of, and which', () => {
    const readings = valued([MAY, '1'], [JULY, '2']);
    const { count, digest } = measure(demand({ meter: meterOf('sum') }), readings);
    expect(count).toBe(2);
    expect(measure(demand({ meter: meterOf('sum') }), readings.toReversed()).digest).toBe(digest);
    expect(measure(demand({ meter: meterOf('sum') }), readings.slice(1)).digest).not.toBe(digest);
    expect(measure(demand(), [])).toEqual({ count: 0, digest: '0'.repeat(16), quantity: '0' });
  });

  it.each([
    ['2025-12-31T23:59:59.999999Z', false],
    ['2026-01-01T00:00:00Z', true],
    ['2026-01-31T23:59:59.999999Z', true],
    ['2026-02-01T00:00:00Z', false],
  ])('begins with the start and ends before the end: %s', (instant, expected) => {
    expect(counts(aReading({ at: at(instant) }), demand())).toBe(expected);
  });
});

describe('a filter', () => {
  const passes = (operator: FilterOperator, value: MeterFilter['value'], properties: Record<string, string>) =>
    matches(aReading({ properties }), aMeter({ filters: [{ property: 'p', operator, value }] }));

  it.each<[FilterOperator, MeterFilter['value'], string[], string[]]>([
    ['eq', 'a', ['a'], ['b', 'A', '']],
    ['ne', 'a', ['b', 'A', ''], ['a']],
    ['in', ['a', 'b'], ['a', 'b'], ['c', '']],
    ['not_in', ['a', 'b'], ['c', ''], ['a', 'b']],
    ['gt', '10', ['10.1', '9999999999999999999999'], ['10', '9.9', '-11', 'x', '']],
    ['gte', '10', ['10', '10.0', '11'], ['9.9', 'x']],
    ['lt', '10', ['9.9', '-11', '2'], ['10', '10.1', 'x']],
    ['lte', '10', ['10', '10.00', '2'], ['10.1', 'x']],
    ['exists', true, ['a', ''], []],
    ['exists', false, [], ['a', '']],
  ])('%s %j', (operator, value, passing, failing) => {
    for (const p of passing) expect([p, passes(operator, value, { p })]).toEqual([p, true]);
    for (const p of failing) expect([p, passes(operator, value, { p })]).toEqual([p, false]);
  });

  it.each<[FilterOperator, MeterFilter['value'], boolean]>([
    ['eq', 'a', false],
    ['ne', 'a', true],
    ['in', ['a'], false],
    ['not_in', ['a'], true],
    ['gt', '0', false],
    ['gte', '0', false],
    ['lt', '0', false],
    ['lte', '0', false],
    ['exists', true, false],
    ['exists', false, true],
  ])('%s %j of a property that is not there: %s', (operator, value, expected) => {
    expect(passes(operator, value, {})).toBe(expected);
  });

  it('does not take what every object has for a property', () => {
    const filters = [{ property: 'toString', operator: 'exists', value: true }] as const;
    expect(matches(aReading(), aMeter({ filters }))).toBe(false);
    expect(matches(aReading(), { ...meterOf('unique_count'), valueProperty: 'constructor' })).toBe(false);
  });

  it('passes only with all the others', () => {
    const filters: MeterFilter[] = [
      { property: 'p', operator: 'eq', value: 'a' },
      { property: 'q', operator: 'gt', value: '1' },
    ];
    expect(matches(aReading({ properties: { p: 'a', q: '2' } }), aMeter({ filters }))).toBe(true);
    expect(matches(aReading({ properties: { p: 'a', q: '1' } }), aMeter({ filters }))).toBe(false);
  });

  it('is not asked about other events', () => {
    expect(matches(aReading({ event: 'token' }), aMeter())).toBe(false);
  });
});

describe('a reading', () => {
  const start = at('2026-01-10T00:00:00Z');
  const end = at('2026-01-20T00:00:00Z');
  const taken = (meter = aMeter()) => demand({ takenByEarlier: [{ meter, start, end }] });

  it('that names its subscription counts there, whoever else would take it', () => {
    expect(counts(aReading({ subscriptionId: SUBSCRIPTION }), taken())).toBe(true);
    expect(counts(aReading({ subscriptionId: anId('sub', 2) }), demand())).toBe(false);
  });

  it.each([
    ['2026-01-09T23:59:59Z', true],
    ['2026-01-10T00:00:00Z', false],
    ['2026-01-19T23:59:59Z', false],
    ['2026-01-20T00:00:00Z', true],
  ])('at %s that names none: counts here, and not for an earlier subscription: %s', (instant, expected) => {
    expect(counts(aReading({ at: at(instant) }), taken())).toBe(expected);
  });

  it('is taken only by a meter that counts it', () => {
    const filters = [{ property: 'p', operator: 'eq', value: 'a' }] as const;
    expect(counts(aReading(), taken(aMeter({ filters })))).toBe(true);
    expect(counts(aReading({ properties: { p: 'a' } }), taken(aMeter({ filters })))).toBe(false);
    expect(counts(aReading(), taken(meterOf('sum')))).toBe(true);
  });
});
