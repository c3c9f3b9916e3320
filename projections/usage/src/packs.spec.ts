import { idHash, type Reading, USAGE_SHARDS_DEFAULT, usageShardOf, usageStream } from '#contracts';
import type { AccountId, Instant } from '#kernel';
import { ProjectionStatuses, Rebuilder, requestRebuild } from '#projection';
import { foldUsage, type UsageFold } from '#replay';
import { ACCOUNT, anEnvelope, anId, at, TENANT } from '#testing';
import { propose } from '#write-path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { eventually } from '../../../test/services/eventually.js';
import { project } from '../../../test/services/projected.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ToldAccounts } from '../../../test/services/told-accounts.js';
import { ReadingsQuery } from './readings.query.js';
import { usageProjection } from './usage.projection.js';
import { UsageReadingsQuery } from './usage-readings.query.js';

const SEED = 20_261_130;

/** Before and after the months that have partitions of their own, at the edge of one, and within. */
const MOMENTS = [
  at('1999-05-05T05:05:05Z'),
  at('2026-01-31T23:59:59.999999Z'),
  at('2026-02-01T00:00:00Z'),
  at('2026-02-01T00:00:00.5Z'),
  at('2026-02-17T12:00:00Z'),
  at('2061-01-01T00:00:00Z'),
];

/** Few ids, so that most come again: with other instants, names and properties, in one event and in several. */
const reading = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'null', 'NULL', '{"', 'é\\'),
  event: fc.constantFrom('call', 'call', 'other', 'null'),
  at: fc.constantFrom(...MOMENTS),
  properties: fc.dictionary(fc.constantFrom('size', 'model'), fc.constantFrom('1', '2.50', '', 'a "b" \\ {c}, null')),
  subscriptionId: fc.option(fc.constantFrom(anId('sub', 1), anId('sub', 2)), { nil: undefined, freq: 2 }),
});
const readings = fc
  .array(reading, { minLength: 1, maxLength: 6 })
  .map((own) =>
    own.map(({ subscriptionId, ...rest }): Reading => ({ ...rest, ...(subscriptionId ? { subscriptionId } : {}) })),
  );

type Step =
  | { readonly kind: 'record'; readonly parts: readonly (readonly [account: number, readings: readonly Reading[]])[] }
  | { readonly kind: 'correct'; readonly account: number; readonly reading: number; readonly size: string | null }
  | { readonly kind: 'project' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      parts: fc.array(fc.tuple(fc.nat(1), readings), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      account: fc.nat(1),
      reading: fc.nat(20),
      size: fc.option(fc.constantFrom('7', '8')),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'project' as const }) },
);

/** Accounts that nobody has used before, of one stream. */
const freshAccounts = (() => {
  let number = 100;
  return (count: number): AccountId[] => {
    const found: AccountId[] = [];
    while (found.length < count) {
      const accountId = anId('acc', number++);
      if (usageShardOf(accountId, USAGE_SHARDS_DEFAULT) === usageShardOf(ACCOUNT, USAGE_SHARDS_DEFAULT))
        found.push(accountId);
    }
    return found;
  };
})();

const STREAM = usageStream(TENANT, ACCOUNT, USAGE_SHARDS_DEFAULT);
const place = ({
  id,
  event,
  at: moment,
  properties,
  subscriptionId,
  revision,
  ordinal,
}: Reading & { readonly revision: number; readonly ordinal: number }) => ({
  id,
  event,
  at: moment,
  properties,
  subscriptionId: subscriptionId ?? null,
  revision,
  ordinal,
});
const byId = <One extends { readonly id: string }>(rows: readonly One[]): One[] =>
  [...rows].sort((left, right) => (left.id < right.id ? -1 : 1));

describe('packs of readings', () => {
  const stopping = new Stopping();
  const told = new ToldAccounts();
  let database: TestDatabase;
  let usage: UsageReadingsQuery;
  let corrections = 0;

  const fold = (accountId: AccountId): Promise<UsageFold> =>
    foldUsage(told.log, TENANT, accountId, USAGE_SHARDS_DEFAULT);
  const projected = () => project(told.log, database, [usageProjection]);
  const served = async (accountId: AccountId) => Array.fromAsync(usage.readingsOf(TENANT, [accountId]));

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    usage = new UsageReadingsQuery(database.tenants, database.api);
  });

  const take = async (one: Step, accounts: readonly AccountId[]): Promise<void> => {
    if (one.kind === 'project') return projected();
    if (one.kind === 'record')
      return told.recordTogether(one.parts.map(([account, own]) => ({ accountId: accounts[account]!, readings: own })));
    const accountId = accounts[one.account]!;
    const { readings: known } = await fold(accountId);
    if (known.length === 0) return;
    const { properties: _, digest: __, ...corrected } = known[one.reading % known.length]!;
    const data = { accountId, reading: corrected, reason: 'miscounted' };
    const fact =
      one.size === null
        ? ({ type: 'UsageRetracted', data } as const)
        : ({ type: 'UsageAmended', data: { ...data, properties: { size: one.size } } } as const);
    corrections += 1;
    const proposals = propose(
      [fact],
      STREAM,
      anEnvelope(1_000_000 + corrections, { accountId }),
      at('2026-03-01T00:00:00Z'),
    );
    await told.log.append(
      STREAM,
      proposals.map(({ event }) => event),
      'any',
    );
  };

  it('hold what the fold of the stream counts, whatever came again, and wherever a batch ended', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
        const accounts = freshAccounts(2);
        for (const one of steps) await take(one, accounts);
        await projected();
        const summaries = await usage.summariesOf(TENANT, accounts);
        for (const accountId of accounts) {
          const { readings: counted, digest, lastRevision } = await fold(accountId);
          expect(byId(await served(accountId)).map(place)).toEqual(byId(counted).map(place));
          const summary = { count: counted.length, digest, lastRevision };
          expect(summaries.get(accountId)).toEqual(lastRevision < 0 ? undefined : summary);
          const known = await usage.recorded(
            TENANT,
            counted.map(({ id }) => ({ accountId, id })),
          );
          expect(known.size).toBe(counted.length);
          for (const { id, revision, ordinal } of counted)
            expect(await usage.find(TENANT, id, accountId)).toMatchObject([
              { accountId, reading: { id, revision, ordinal }, retracted: false },
            ]);
        }
      }),
      { numRuns: 25, seed: SEED },
    );
  }, 120_000);

  it('come out of a rebuild as they are, with other batches', async () => {
    await projected();
    const rebuilder = new Rebuilder(told.log, database, [usageProjection], pino({ level: 'silent' }));
    rebuilder.start();
    try {
      await requestRebuild(database.owner, 'usage', true);
      const statuses = new ProjectionStatuses(database.owner);
      const [{ rebuild } = { rebuild: null }] = await eventually(
        () => statuses.all(),
        ([one]) => one?.rebuild?.status === 'completed' || one?.rebuild?.status === 'failed',
        'a rebuild that is over',
      );
      expect(rebuild).toMatchObject({ status: 'completed', failure: null });
      expect(rebuild!.rebuiltHash).toBe(rebuild!.liveHash);
    } finally {
      await rebuilder.stop();
    }
  });

  it('do not lose a reading whose hash another one has, nor count it twice', async () => {
    const [accountId] = freshAccounts(1) as [AccountId];
    const said = (id: string, size: string): Reading => ({ id, event: 'call', at: MOMENTS[4]!, properties: { size } });
    await told.record([said('first', '1')], { accountId });
    await projected();
    await database.owner.query(
      `INSERT INTO read.usage_ids SELECT tenant_id, $1, account_hash, from_at, position FROM read.usage_ids WHERE id_hash = $2`,
      [idHash(TENANT, 'second'), idHash(TENANT, 'first')],
    );
    await told.record([said('second', '2'), said('second', '3')], { accountId });
    await projected();
    await told.record([said('second', '4')], { accountId });
    await projected();
    const counted = byId(await served(accountId)).map(({ id, properties }) => [id, properties['size']]);
    expect(counted).toEqual([
      ['first', '1'],
      ['second', '2'],
    ]);
    expect(counted).toEqual(
      byId((await fold(accountId)).readings).map(({ id, properties }) => [id, properties['size']]),
    );
  });

  it('are found by the id of a reading, also where several accounts have it', async () => {
    const [one, other] = freshAccounts(2) as [AccountId, AccountId];
    const said: Reading = { id: 'shared', event: 'call', at: MOMENTS[4]!, properties: {} };
    await told.recordTogether([
      { accountId: one, readings: [said] },
      { accountId: other, readings: [said] },
    ]);
    await projected();
    const query = new ReadingsQuery(database.tenants);
    expect((await query.find(TENANT, 'shared')).map(({ accountId }) => accountId).sort()).toEqual([one, other].sort());
    expect((await query.find(TENANT, 'shared', other)).map(({ accountId }) => accountId)).toEqual([other]);
    expect(await query.find(anId('tnt', 2), 'shared')).toEqual([]);
  });

  it('tell what came after a cut by event name and day, of readings and of corrections', async () => {
    const [accountId] = freshAccounts(1) as [AccountId];
    const said = (id: string, moment: Instant, event = 'call'): Reading => ({ id, event, at: moment, properties: {} });
    await told.record([said('before', MOMENTS[1]!)], { accountId });
    const { lastRevision: cut } = await fold(accountId);
    await told.record([said('x', MOMENTS[1]!), said('y', MOMENTS[2]!, 'other'), said('before', MOMENTS[4]!)], {
      accountId,
    });
    await projected();
    await take({ kind: 'correct', account: 0, reading: 0, size: '7' }, [accountId]);
    await projected();
    const { lastRevision } = await fold(accountId);
    // Which days were billed is another read model's: here, its one table.
    await database.owner.query(
      'CREATE TABLE read.billing_cuts (tenant_id text, account_id text, cut bigint, billed_through timestamptz)',
    );
    await database.owner.query('GRANT SELECT ON read.billing_cuts TO recount_api');
    await database.owner.query('INSERT INTO read.billing_cuts VALUES ($1, $2, $3, now())', [TENANT, accountId, cut]);
    const found = await usage.inSnapshot(TENANT, async (snapshot) => ({
      cuts: await snapshot.cuts([accountId]),
      arrivals: await snapshot.arrivals([accountId]),
    }));
    expect(found.cuts.get(accountId)).toBe(lastRevision);
    const arrivals = found.arrivals
      .get(accountId)!
      .map(({ event, day, revision }) => `${event} ${day} ${revision! - cut}`);
    expect(arrivals.sort()).toEqual(['call 2026-01-31 2', 'other 2026-02-01 1']);
  });
});
