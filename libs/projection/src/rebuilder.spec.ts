import { setImmediate } from 'node:timers/promises';
import { anId, TENANT } from '#testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../../../test/services/eventually.js';
import { NamedLog, namesProjection } from '../../../test/services/named-log.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ProjectionRunner } from './projection-runner.js';
import { ProjectionStatuses, type ProjectionStatus } from './projection-status.js';
import type { Projection } from './projection.js';
import { requestRebuild } from './rebuild-requests.js';
import { Rebuilder } from './rebuilder.js';

const LOGGER = pino({ level: 'silent' });
const PATIENCE = 30_000;

describe('a rebuild', () => {
  const stopping = new Stopping();
  let log: NamedLog;
  let database: TestDatabase;
  let statuses: ProjectionStatuses;
  const running: { stop(): Promise<void> }[] = [];

  beforeEach(async () => {
    log = new NamedLog();
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    statuses = new ProjectionStatuses(database.owner);
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });

  const live = async (projection: Projection = namesProjection()): Promise<ProjectionRunner> => {
    const runner = new ProjectionRunner(log, database, [projection], LOGGER);
    running.push(runner);
    await runner.start();
    return runner;
  };
  const rebuilding = (projection: Projection = namesProjection()): Rebuilder => {
    const rebuilder = new Rebuilder(log, database, [projection], LOGGER);
    running.push(rebuilder);
    rebuilder.start();
    return rebuilder;
  };
  const caughtUp = async (): Promise<void> => statuses.waitFor(['names'], await log.head(), PATIENCE);
  const status = async (): Promise<ProjectionStatus> => (await statuses.all())[0]!;
  const rebuilt = (wanted: string): Promise<ProjectionStatus> =>
    eventually(status, ({ rebuild }) => rebuild?.status === wanted, `a rebuild that ${wanted}`);
  const seen = (tenantId: typeof TENANT = TENANT) =>
    database.tenants.rows(tenantId, 'SELECT * FROM read.namings ORDER BY position');
  const schemas = async (): Promise<string[]> => {
    const { rows } = await database.owner.query<{ nspname: string }>(
      `SELECT nspname FROM pg_namespace WHERE nspname LIKE 'rebuild%'`,
    );
    return rows.map(({ nspname }) => nspname);
  };

  it('swaps in what it built, as often as asked, says so, and leaves nothing behind', async () => {
    await log.name(30);
    await live();
    await caughtUp();
    const before = await seen();
    rebuilding();
    for (let round = 0; round < 2; round++) {
      await requestRebuild(database.owner, 'names', true);
      await requestRebuild(database.owner, 'names', true);
      const done = await rebuilt('completed');
      expect(done.rebuild).toMatchObject({ position: 30n, head: 30n, events: 30n, failure: null });
      expect(done.rebuild!.rebuiltHash).toBe(done.rebuild!.liveHash);
      expect(await seen()).toEqual(before);
      await database.owner.query('DELETE FROM ops.rebuilds');
    }
    expect(await schemas()).toEqual([]);
    await log.name(1);
    await caughtUp();
    expect(await seen()).toHaveLength(31);
  });

  it('never stops reads, nor writes, and ends as far as the live one', async () => {
    await log.name(200);
    await live();
    await caughtUp();
    rebuilding();
    let reads = 0;
    let done = false;
    const reading = (async () => {
      while (!done) {
        const rows = await seen();
        if (rows.length < 200) throw new Error(`A reader saw ${rows.length} rows.`);
        reads += 1;
      }
    })();
    const writing = (async () => {
      for (; !done; await setImmediate()) await log.name(1);
    })();
    await requestRebuild(database.owner, 'names', false);
    await rebuilt('completed');
    done = true;
    await Promise.all([reading, writing]);
    await caughtUp();
    expect(reads).toBeGreaterThan(0);
    expect(await seen()).toHaveLength(Number(await log.head()));
  });

  it('finds that live rows are not what the log says, and puts them right', async () => {
    await log.name(5);
    await live();
    await caughtUp();
    const right = await seen();
    await database.projector.query(`UPDATE read.namings SET target_id = 'tampered' WHERE position = 3`);
    rebuilding();
    await requestRebuild(database.owner, 'names', true);
    const { rebuild } = await rebuilt('completed');
    expect(rebuild!.rebuiltHash).not.toBe(rebuild!.liveHash);
    expect(await seen()).toEqual(right);
  });

  it.each([
    ['a missing row', 'DELETE FROM read.namings WHERE position = 2'],
    [
      'a row too many',
      `INSERT INTO read.namings SELECT tenant_id, 99, target_id, named_at FROM read.namings WHERE position = 2`,
    ],
    ['a null', 'UPDATE read.namings SET target_id = NULL WHERE position = 2'],
    ['a row of another tenant', `UPDATE read.names SET tenant_id = 'tnt_x' WHERE position = 2`],
  ])('sees %s in the hash', async (_, damage) => {
    await log.name(5);
    await live();
    await caughtUp();
    await database.projector.query(damage);
    rebuilding();
    await requestRebuild(database.owner, 'names', true);
    const { rebuild } = await rebuilt('completed');
    expect(rebuild!.rebuiltHash).not.toBe(rebuild!.liveHash);
  });

  it('that fails leaves the served tables as they are, and says why', async () => {
    await log.name(9);
    await live();
    await caughtUp();
    const before = await seen();
    rebuilding(namesProjection({ broken: ({ revision }) => revision === 4 }));
    await requestRebuild(database.owner, 'names', false);
    const failed = await rebuilt('failed');
    expect(failed).toMatchObject({ status: 'running', rebuild: { failure: 'It is broken.' } });
    expect(await seen()).toEqual(before);
    expect(await schemas()).toEqual([]);
    await log.name(1);
    await caughtUp();
    expect(await seen()).toHaveLength(10);
  });

  it('keeps the walls: a rebuilt table shows a tenant its own rows alone, and lets nobody else write', async () => {
    await log.name(2);
    await log.name(1, { tenantId: anId('tnt', 2) });
    await live();
    await caughtUp();
    rebuilding();
    await requestRebuild(database.owner, 'names', false);
    await rebuilt('completed');
    expect(await seen()).toHaveLength(2);
    expect(await seen(anId('tnt', 2))).toHaveLength(1);
    const everything = await database.api.query('SELECT * FROM read.namings');
    expect(everything.rows).toEqual([]);
    await expect(database.api.query('DELETE FROM read.namings')).rejects.toThrow('permission denied');
  });

  it('of a raised version is asked for by the start, and served when it is done', async () => {
    await log.name(3);
    await (await live()).stop();
    await live(namesProjection({ version: 2 }));
    expect(await status()).toMatchObject({ version: 1, rebuild: { status: 'requested' } });
    expect(await seen()).toBeDefined();
    rebuilding(namesProjection({ version: 2 }));
    expect(await rebuilt('completed')).toMatchObject({ version: 2 });
    await caughtUp();
    expect(await seen()).toHaveLength(3);
  });

  it('brings a projection back that had failed', async () => {
    await log.name(6);
    await live(namesProjection({ broken: ({ revision }) => revision === 3 }));
    await eventually(status, ({ status: found }) => found === 'failed', 'the failure');
    expect(await seen()).toHaveLength(3);
    await Promise.all(running.splice(0).map((one) => one.stop()));
    await live();
    rebuilding();
    await requestRebuild(database.owner, 'names', true);
    await rebuilt('completed');
    await caughtUp();
    expect(await status()).toMatchObject({ status: 'running', failure: null });
    expect(await seen()).toHaveLength(6);
  });

  it('that another process left half done begins again', async () => {
    await log.name(6);
    await live();
    await caughtUp();
    await requestRebuild(database.owner, 'names', true);
    await database.owner.query(`
      UPDATE ops.rebuilds SET status = 'running', position = 3, events = 3, started_at = now();
      CREATE SCHEMA rebuild_names; CREATE TABLE rebuild_names.names (half integer)`);
    rebuilding();
    const { rebuild } = await rebuilt('completed');
    expect(rebuild).toMatchObject({ events: 6n });
    expect(rebuild!.rebuiltHash).toBe(rebuild!.liveHash);
  });

  it('is one at a time, whoever asks', async () => {
    await log.name(3);
    await live();
    await Promise.all(Array.from({ length: 5 }, () => requestRebuild(database.owner, 'names', false)));
    const { rows } = await database.owner.query('SELECT * FROM ops.rebuilds');
    expect(rows).toHaveLength(1);
  });

  it('waits for a reader that holds the tables, and does not make others wait for long', async () => {
    await log.name(3);
    await live();
    await caughtUp();
    const reader = await database.owner.connect();
    try {
      await reader.query('BEGIN; SELECT count(*) FROM read.namings');
      rebuilding();
      await requestRebuild(database.owner, 'names', false);
      await eventually(status, ({ rebuild }) => rebuild?.events === 3n || rebuild?.status === 'running', 'a rebuild');
      expect(await seen()).toHaveLength(3);
      expect((await status()).rebuild!.status).toBe('running');
      await reader.query('COMMIT');
    } finally {
      reader.release();
    }
    await rebuilt('completed');
    expect(await seen()).toHaveLength(3);
  });
});
