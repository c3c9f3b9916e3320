import type { Meter } from '#contracts';
import { parseLocalDate, type LocalPeriod } from '#kernel';
import type { ProrationBasis } from '#rating';
import { ACCOUNT, aMeter, aReading, at, fractionText, SUBSCRIPTION } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { amended, readingAsOf } from './corrections.js';
import type { UsageDemand } from './measurement.js';
import { measure } from './metering.js';
import { holdingIn } from './holding.js';
import { heldQuantity, presenceLevels, presentValues } from './recurring-meter.js';

const days = (start: string, end: string): LocalPeriod => ({ start: parseLocalDate(start), end: parseLocalDate(end) });
const JULY = {
  basis: 'day',
  period: days('2022-07-09', '2022-08-09'),
  service: { start: at('2022-07-09T00:00:00Z'), end: at('2022-08-09T00:00:00Z'), zone: 'UTC' },
} as const;
const change = (instant: string, value: string, present = true) => ({ at: at(instant), value, present });

describe('what is present', () => {
  it.each([
    ['from before', [change('2022-06-09T00:00:00Z', 'a')], '1'],
    ['from a day on', [change('2022-07-24T23:00:00Z', 'a')], '16/31'],
    ['until a day', [change('2022-06-09T00:00:00Z', 'a'), change('2022-07-24T00:00:01Z', 'a', false)], '16/31'],
    ['until midnight', [change('2022-06-09T00:00:00Z', 'a'), change('2022-07-24T00:00:00Z', 'a', false)], '15/31'],
    [
      'twice on a day',
      [
        change('2022-07-10T01:00:00Z', 'a'),
        change('2022-07-10T02:00:00Z', 'a', false),
        change('2022-07-10T03:00:00Z', 'a'),
        change('2022-07-10T04:00:00Z', 'a', false),
      ],
      '1/31',
    ],
    ['not at all', [change('2022-07-01T00:00:00Z', 'a'), change('2022-07-02T00:00:00Z', 'a', false)], '0'],
    ['as two', [change('2022-06-09T00:00:00Z', 'a'), change('2022-08-08T12:00:00Z', 'b')], '32/31'],
  ])('%s counts by days', (_, changes, expected) => {
    expect(fractionText(heldQuantity(presenceLevels(changes, holdingIn(JULY))))).toBe(expected);
  });

  it('is what was not taken away', () => {
    const changes = [change('2022-07-01T00:00:00Z', 'a'), change('2022-07-02T00:00:00Z', 'b')];
    expect(presentValues([...changes, change('2022-07-03T00:00:00Z', 'a', false)])).toBe(1);
  });
});

describe('a recurring meter', () => {
  const january: Omit<UsageDemand, 'meter'> = {
    key: 'seats',
    subscriptionId: SUBSCRIPTION,
    start: at('2026-01-01T00:00:00Z'),
    end: at('2026-02-01T00:00:00Z'),
    zone: 'UTC',
    carriedFrom: at('2025-06-01T00:00:00Z'),
    takenByEarlier: [],
  };
  const seats = (aggregation: Meter['aggregation']) => aMeter({ aggregation, valueProperty: 'value', recurring: true });
  const reading = (revision: number, instant: string, value: string, more = {}) =>
    aReading({ revision, at: at(instant), properties: { value, ...more } });
  const readings = [
    reading(0, '2025-05-01T00:00:00Z', '100'),
    reading(1, '2025-12-01T00:00:00Z', '5'),
    reading(2, '2026-01-22T00:00:00Z', '10', { operation_type: 'remove' }),
  ];
  const january31 = days('2026-01-01', '2026-02-01');
  const held = (basis: ProrationBasis) => ({ basis, period: january31 });

  it.each([
    ['sum', undefined, '15'],
    ['sum', held('day'), '8.225806451613'],
    ['sum', held('second'), '8.225806451613'],
    ['sum', held('fixed30'), '8'],
    ['unique_count', undefined, '1'],
    ['unique_count', held('day'), '1'],
    ['unique_count', held('second'), '1'],
    ['unique_count', held('fixed30'), '1'],
    ['max', undefined, '10'],
    ['latest', undefined, '10'],
    ['weighted_sum', undefined, '8.225806451613'],
    ['count', undefined, '2'],
  ] as const)(
    'by %s carries what was measured since the subscription began (%j)',
    (aggregation, prorated, quantity) => {
      const demand = { ...january, meter: seats(aggregation), ...(prorated === undefined ? {} : { prorated }) };
      expect(measure(demand, readings)).toMatchObject({ quantity, count: 2 });
    },
  );

  it('tells groups and single values where they are asked for', () => {
    const demand = { ...january, meter: aMeter({ aggregation: 'sum', valueProperty: 'value' }), values: true };
    const grouped = measure({ ...demand, groupBy: ['region', 'model'] }, [
      reading(1, '2026-01-05T00:00:00Z', '2', { region: 'us' }),
      reading(0, '2026-01-06T00:00:00Z', '3', { region: 'eu', model: 'x' }),
      reading(2, '2026-01-04T00:00:00Z', '4', { region: 'us' }),
    ]);
    expect(grouped).toMatchObject({
      quantity: '9',
      groups: [
        { group: { region: 'eu', model: 'x' }, quantity: '3' },
        { group: { region: 'us' }, quantity: '6' },
      ],
      values: ['4', '2', '3'],
    });
  });
});

describe('a corrected reading', () => {
  const recorded = aReading({ revision: 3, properties: { value: '1' } });
  const place = { id: recorded.id, event: recorded.event, at: recorded.at, revision: 3, ordinal: 0 };
  const amend = (revision: number, value: string) => ({
    revision,
    correction: {
      type: 'UsageAmended',
      data: { accountId: ACCOUNT, reading: place, properties: { value }, reason: 'x' },
    } as const,
  });
  const retract = {
    revision: 9,
    correction: { type: 'UsageRetracted', data: { accountId: ACCOUNT, reading: place, reason: 'x' } } as const,
  };
  const known = { recorded, corrections: [amend(5, '2'), amend(7, '3'), retract] };

  it.each([
    [2, undefined],
    [3, '1'],
    [4, '1'],
    [5, '2'],
    [8, '3'],
    [9, undefined],
  ])('as of revision %s says %s', (revision, value) => {
    expect(readingAsOf(known, revision, () => 0n)?.properties['value']).toBe(value);
  });

  it('keeps its instant and its place', () => {
    expect(readingAsOf(known, 7, () => 5n)).toEqual({
      ...amended(recorded, { value: '3' }),
      revision: 3,
      ordinal: 0,
      digest: 5n,
    });
  });
});
