import type { CountedReading, UsageDemand } from '#billing/usage';
import { measuredFrom } from '#billing/invoice';
import { measure } from '#billing/usage';
import { readingDigest, USAGE_SHARDS_DEFAULT, usageStream, type Meter } from '#contracts';
import { plusDuration, type AccountId } from '#kernel';
import { ACCOUNT, aMeter, anEnvelope, anId, at, InMemoryEventLog, TENANT } from '#testing';
import { propose } from '#write-path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { usageProjection } from './usage.projection.js';
import { UsageReadingsQuery } from './usage-readings.query.js';

const BEGIN = at('2026-01-01T00:00:00Z');
const HOURS = 30 * 24;
const SEED = 20_261_121;
const SUBSCRIPTIONS = [anId('sub', 1), anId('sub', 2)];
const OTHER = anId('acc', 2);

/** Numbers, what only looks like numbers, and nothing at all. */
const VALUES = ['0', '1', '-2', '3.50', '0.000000000001', '12345678901234567890', '007', '1e3', '', ' 1', '1\n', 'x'];
const NAMES = ['size', 'model', 'toString'];

const hour = fc.integer({ min: 0, max: HOURS });
const properties = fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...VALUES));
const reading = fc.record({
  event: fc.constantFrom('call', 'call', 'other'),
  at: fc.tuple(hour, fc.constantFrom('', '.000001', '.5')).map(([hours, fraction]) => {
    return at(plusDuration(BEGIN, { hours }).replace('Z', `${fraction}Z`));
  }),
  properties,
  subscriptionId: fc.option(fc.constantFrom(...SUBSCRIPTIONS), { nil: undefined, freq: 3 }),
});

const filter = fc.oneof(
  fc.record({
    property: fc.constantFrom(...NAMES),
    operator: fc.constantFrom('eq' as const, 'ne' as const),
    value: fc.constantFrom(...VALUES),
  }),
  fc.record({
    property: fc.constantFrom(...NAMES),
    operator: fc.constantFrom('in' as const, 'not_in' as const),
    value: fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    property: fc.constantFrom(...NAMES),
    operator: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: fc.constantFrom('0', '1', '-2', '3.5', '12345678901234567890'),
  }),
  fc.record({ property: fc.constantFrom(...NAMES), operator: fc.constant('exists' as const), value: fc.boolean() }),
);

const EXPRESSIONS = [
  'size',
  'size - 1',
  'size / model',
  '(size + 1) / 3',
  'size * size * size',
  '2 * -size',
  'size / (size - 1)',
];

const roundEach = fc.record(
  {
    mode: fc.constantFrom('half_up' as const, 'up' as const, 'down' as const),
    step: fc.constantFrom('1', '6', '0.3', '0.000000000000000001', '1000'),
    least: fc.constantFrom('0', '2', '3.5'),
  },
  { requiredKeys: ['mode', 'step'] },
);

/** How numbers are read, of a meter that reads some. */
const numbers = fc.record({
  valueExpression: fc.option(fc.constantFrom(...EXPRESSIONS), { nil: undefined }),
  roundEach: fc.option(roundEach, { nil: undefined }),
  allowNegative: fc.constantFrom(undefined, true, false),
});

const readingNumbers = (
  aggregation: unknown,
  { valueExpression, roundEach: each, allowNegative }: Numbers,
): Partial<Meter> =>
  aggregation === 'count' || aggregation === 'unique_count'
    ? { valueProperty: 'size' }
    : {
        ...(valueExpression === undefined ? { valueProperty: 'size' } : { valueExpression }),
        ...(each === undefined ? {} : { roundEach: each }),
        ...(allowNegative === undefined ? {} : { allowNegative }),
      };

type Numbers = typeof numbers extends fc.Arbitrary<infer Value> ? Value : never;

const meter: fc.Arbitrary<Meter> = fc
  .record({
    numbers,
    aggregation: fc.constantFrom('count', 'sum', 'max', 'max', 'unique_count', 'latest', 'weighted_sum'),
    filters: fc.array(filter, { maxLength: 2 }),
    bucket: fc.option(fc.constantFrom('minute', 'hour', 'day', 'week', 'month'), { nil: undefined }),
    rounding: fc.option(
      fc.record({ mode: fc.constantFrom('half_up', 'up', 'down'), digits: fc.constantFrom(-1, 0, 2) }),
      {
        nil: undefined,
      },
    ),
  })
  .map(({ rounding, bucket, numbers: own, ...parts }) =>
    aMeter({
      ...(parts as Partial<Meter>),
      ...readingNumbers(parts.aggregation, own),
      ...(bucket !== undefined && parts.aggregation === 'max' ? { bucket } : {}),
      ...(rounding ? { rounding } : {}),
    }),
  );

const range = fc.tuple(hour, hour).map(([left, right]) => ({
  start: plusDuration(BEGIN, { hours: Math.min(left, right) }),
  end: plusDuration(BEGIN, { hours: Math.max(left, right) + 1 }),
}));

const demand: fc.Arbitrary<UsageDemand> = fc
  .record({
    meter,
    range,
    subscriptionId: fc.constantFrom(...SUBSCRIPTIONS),
    taken: fc.array(fc.tuple(meter, range), { maxLength: 3 }),
    timeZone: fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu'),
    groupBy: fc.constantFrom([], [], ['model']),
    gap: fc.option(range),
  })
  .map(({ meter: own, range: { start, end }, subscriptionId, taken, timeZone, groupBy, gap }) => ({
    key: 'demand',
    meter: own,
    subscriptionId,
    start,
    end,
    zone: timeZone,
    ...(groupBy.length === 0 ? {} : { groupBy }),
    ...(gap === null ? {} : { gaps: [gap] }),
    takenByEarlier: taken.map(([other, times], index) => ({ meter: { ...other, key: `taking-${index}` }, ...times })),
  }));

describe('usage as billing measures it', () => {
  const stopping = new Stopping();
  const known = new Map<AccountId, CountedReading[]>();
  let query: UsageReadingsQuery;

  beforeAll(async () => {
    const database = await stopping.use(TestDatabase.create());
    const log = new InMemoryEventLog();
    for (const [number, accountId] of [ACCOUNT, OTHER].entries()) {
      const stream = usageStream(TENANT, accountId, USAGE_SHARDS_DEFAULT);
      const samples = fc.sample(reading, { numRuns: 400, seed: SEED + number });
      const counted = samples.map(({ subscriptionId, ...rest }, index) => {
        const stored = { id: `r${index}`, ...rest, ...(subscriptionId ? { subscriptionId } : {}) };
        return { ...stored, revision: Math.floor(index / 100), ordinal: index % 100, digest: readingDigest(stored) };
      });
      known.set(accountId, counted);
      for (let revision = 0; revision < 4; revision++) {
        const readings = counted
          .filter((one) => one.revision === revision)
          .map(({ revision: _, ordinal: __, digest: ___, ...stored }) => stored);
        const fact = { type: 'UsageRecorded', data: { accounts: [{ accountId, readings }], source: 'api' } } as const;
        const envelope = anEnvelope(number * 10 + revision, { accountId });
        await log.append(
          stream,
          propose([fact], stream, envelope, BEGIN).map(({ event }) => event),
          'any',
        );
      }
    }
    await project(log, database, [usageProjection]);
    query = new UsageReadingsQuery(database.tenants, database.api);
  });

  it('in SQL is what the rule measures in memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(demand, { minLength: 1, maxLength: 4 }), async (demands) => {
        const asked = demands.flatMap((one, index) =>
          [ACCOUNT, OTHER].map((accountId) => ({ accountId, demand: { ...one, key: `demand-${index}` } })),
        );
        const found = await query.inSnapshot(TENANT, (snapshot) => snapshot.measure(asked));
        for (const { accountId, demand: one } of asked) {
          const measured = measuredFrom(one, found.get(accountId)!.get(one.key)!);
          expect(measured).toEqual(measure(one, known.get(accountId)!));
        }
      }),
      { numRuns: 150, seed: SEED },
    );
  });
});
