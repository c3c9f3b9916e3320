import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EventLog } from '#kernel';
import { Rebuilder, requestRebuild } from '#projection';
import { InMemoryEventLog } from '#testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { history } from '../test/invariants/operations.js';
import { World } from '../test/invariants/world.js';
import { append, eventsOf, everyEventOf, type RecordedEvent } from '../test/replay/history.js';
import { eventually } from '../test/services/eventually.js';
import { ALL_PROJECTIONS, project, readModels } from '../test/services/projected.js';
import { allTwice, eachTwice, inBatchesOf, RecutEventLog, type Recut } from '../test/services/recut-event-log.js';
import { Stopping } from '../test/services/stopping.js';
import { TestDatabase } from '../test/services/test-database.js';

const recorded = (version: string): RecordedEvent[] =>
  eventsOf(fileURLToPath(new URL(`../test/replay/histories/${version}`, import.meta.url)));
const SEED = 20_261_121;

/** Many random histories of one account, one after the other. */
const randomEvents = async (): Promise<RecordedEvent[]> => {
  const world = await World.begin();
  for (const step of fc.sample(history, { numRuns: 24, seed: SEED }).flat()) await world.take(step);
  const events: RecordedEvent[] = [];
  for await (const { position: _, ...event } of everyEventOf(world.log)) events.push(event);
  return events;
};

/** Alternating, so that the tenants meet in every batch. */
const interleaved = <Item>(left: readonly Item[], right: readonly Item[]): Item[] =>
  Array.from({ length: Math.max(left.length, right.length) }, (_, index) => [left[index], right[index]])
    .flat()
    .filter((item) => item !== undefined);

const PROJECTIONS = ALL_PROJECTIONS.map(({ name }) => name);
const DELIVERIES: readonly (readonly [string, Recut])[] = [
  ['event by event', inBatchesOf(1)],
  ['in batches of three', inBatchesOf(3)],
  ['in batches of 101', inBatchesOf(101)],
  ['each event twice', eachTwice],
  [
    'each event twice, in batches of seven',
    (batch) => [...inBatchesOf(7)(batch)].flatMap((part) => [...eachTwice(part)]),
  ],
  ['each batch twice', (batch) => [...inBatchesOf(20)(batch)].flatMap((part) => [...allTwice(part)])],
  ['in batches that begin before the last one ended', inBatchesOf(5, 4)],
];

describe('every projection', () => {
  const stopping = new Stopping();
  const log = new InMemoryEventLog();
  let live: TestDatabase;
  let rows: Awaited<ReturnType<typeof readModels>>;

  const ofProjection = (found: typeof rows, name: string): typeof rows => {
    const { tables } = ALL_PROJECTIONS.find((projection) => projection.name === name)!;
    return Object.fromEntries(tables.map((table) => [table.name, found[table.name]!]));
  };

  const projected = async (source: EventLog, database?: TestDatabase): Promise<typeof rows> => {
    const target = database ?? (await stopping.use(TestDatabase.create()));
    await project(source, target);
    return readModels(target);
  };

  beforeAll(async () => {
    await append(log, interleaved(recorded('0.9.0'), await randomEvents()));
    // Of another installation.
    await append(
      log,
      recorded('0.10.0').filter(({ stream }) => stream !== 'installation'),
    );
    live = await stopping.use(TestDatabase.create());
    rows = await projected(log, live);
  });

  it('is among those that the server keeps', () => {
    const folders = readdirSync(fileURLToPath(new URL('.', import.meta.url)), { withFileTypes: true });
    expect(folders.filter((entry) => entry.isDirectory()).map(({ name }) => name)).toEqual([...PROJECTIONS].sort());
  });

  it.each(PROJECTIONS)('%s has rows in each of its tables, of more than one tenant', (name) => {
    for (const table of Object.values(ofProjection(rows, name))) expect(table).not.toEqual([]);
    const tenants = Object.values(ofProjection(rows, name))
      .flat()
      .map((row) => (JSON.parse(row) as { tenant_id: string }).tenant_id);
    expect(new Set(tenants).size).toBeGreaterThan(1);
  });

  describe.each(DELIVERIES)('that gets events %s', (_, recut) => {
    let found: typeof rows;

    beforeAll(async () => {
      found = await projected(new RecutEventLog(log, recut));
    });

    it.each(PROJECTIONS)('has the same rows: %s', (name) => {
      expect(ofProjection(found, name)).toEqual(ofProjection(rows, name));
    });
  });

  describe('that projects the whole log a second time over its rows', () => {
    let found: typeof rows;

    beforeAll(async () => {
      const database = await stopping.use(TestDatabase.create());
      await projected(log, database);
      await database.owner.query('UPDATE ops.projections SET position = 0, event_id = NULL');
      found = await projected(log, database);
    });

    it.each(PROJECTIONS)('has the same rows: %s', (name) => {
      expect(ofProjection(found, name)).toEqual(ofProjection(rows, name));
    });
  });

  describe('that is rebuilt beside the live one', () => {
    const hashes = new Map<string, { readonly live: string | null; readonly rebuilt: string | null }>();
    let found: typeof rows;

    beforeAll(async () => {
      const rebuilder = new Rebuilder(log, live, ALL_PROJECTIONS, pino({ level: 'silent' }));
      for (const name of PROJECTIONS) await requestRebuild(live.owner, name, true);
      rebuilder.start();
      await stopping.use(rebuilder);
      const rebuilds = await eventually(
        async () =>
          (
            await live.owner.query<{ name: string; status: string; live_hash: string; rebuilt_hash: string }>(
              'SELECT name, status, live_hash, rebuilt_hash FROM ops.rebuilds',
            )
          ).rows,
        (all) => all.every(({ status }) => status === 'completed'),
        'the end of the rebuilds',
      );
      for (const row of rebuilds) hashes.set(row.name, { live: row.live_hash, rebuilt: row.rebuilt_hash });
      found = await readModels(live);
    });

    it.each(PROJECTIONS)('has the same hash and the same rows: %s', (name) => {
      const { live: before, rebuilt } = hashes.get(name)!;
      expect(before).toMatch(/^[0-9a-f]{32}$/u);
      expect(rebuilt).toBe(before);
      expect(ofProjection(found, name)).toEqual(ofProjection(rows, name));
    });
  });
});
