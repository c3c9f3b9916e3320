import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBatch, SubscribeOptions } from '#kernel';
import { anId, TENANT } from '#testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../../../test/services/eventually.js';
import { NamedLog, namesProjection, otherNamesProjection } from '../../../test/services/named-log.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { readEvents } from './batch.js';
import { CheckpointMoved } from './checkpoint.js';
import { install } from './installation.js';
import { ProjectionRunner } from './projection-runner.js';
import { ProjectionStatuses, type ProjectionStatus } from './projection-status.js';
import type { Projection } from './projection.js';
import { Projector, type AroundBatch } from './projector.js';

const LOGGER = pino({ level: 'silent' });
const PATIENCE = 30_000;

/** Notes from where it is followed. */
class FollowedLog extends NamedLog {
  readonly after: (bigint | undefined)[] = [];

  override subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.after.push(options.after);
    return super.subscribe(options);
  }
}

describe('the runner of projections', () => {
  const stopping = new Stopping();
  let log: FollowedLog;
  let database: TestDatabase;
  let statuses: ProjectionStatuses;
  const runners: ProjectionRunner[] = [];

  beforeEach(async () => {
    log = new FollowedLog();
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    statuses = new ProjectionStatuses(database.owner);
  });

  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  const start = async (...projections: readonly Projection[]): Promise<ProjectionRunner> => {
    const runner = new ProjectionRunner(log, database, projections, LOGGER);
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const caughtUp = async (...projections: readonly string[]): Promise<void> =>
    statuses.waitFor(projections.length > 0 ? projections : ['names'], await log.head(), PATIENCE);
  const status = async (name = 'names'): Promise<ProjectionStatus> =>
    (await statuses.all()).find((one) => one.name === name)!;
  const namingPositions = async (): Promise<number[]> => {
    const { rows } = await database.projector.query<{ position: bigint }>(
      'SELECT position FROM read.namings ORDER BY position',
    );
    return rows.map(({ position }) => Number(position));
  };

  it('writes rows and checkpoint, and goes on from there', async () => {
    await log.name(7);
    const first = await start(namesProjection());
    await caughtUp();
    await first.stop();
    expect(await namingPositions()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await status()).toMatchObject({ status: 'running', position: 7n, version: 1, rebuild: null });
    await log.name(2);
    await start(namesProjection());
    await caughtUp();
    expect(await namingPositions()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(log.after).toEqual([undefined, 7n]);
    const { rows } = await database.projector.query('SELECT count(*) FROM read.names');
    expect(rows).toEqual([{ count: 5n }]);
  });

  it('writes what several projections make of a batch in one transaction, checkpoints among it', async () => {
    await start(namesProjection(), otherNamesProjection());
    await caughtUp('names', 'other-names');
    await log.name(1);
    await caughtUp('names', 'other-names');
    const { rows } = await database.owner.query<{ written: string }>(
      `SELECT xmin::text AS written FROM read.namings
        UNION SELECT xmin::text FROM read.other_namings UNION SELECT xmin::text FROM ops.projections WHERE name IN ('names', 'other-names')`,
    );
    expect(rows).toHaveLength(1);
  });

  it('considers what nobody wants, also while nothing is written', async () => {
    await start(namesProjection());
    await log.release();
    await caughtUp();
    await log.release();
    await caughtUp();
    expect(await status()).toMatchObject({ position: 2n });
    expect(await namingPositions()).toEqual([]);
  });

  it('is one of several: another stands by, and takes over with the next epoch', async () => {
    const epoch = async () => {
      const { rows } = await database.owner.query<{ owner_epoch: bigint }>('SELECT owner_epoch FROM ops.projections');
      return rows[0]!.owner_epoch;
    };
    const first = await start(namesProjection());
    await log.name(1);
    await caughtUp();
    await start(namesProjection());
    await log.name(1);
    await caughtUp();
    expect(await epoch()).toBe(1n);
    await first.stop();
    await log.name(1);
    await caughtUp();
    expect(await epoch()).toBe(2n);
    expect(await namingPositions()).toEqual([1, 2, 3]);
  });

  it('survives connections that are lost between rows and checkpoint: nothing is lost, nothing twice', async () => {
    await install(database.owner, namesProjection());
    // The first three writers die after their rows are written, before their transaction is over.
    await database.owner.query(`
      CREATE SEQUENCE ops.deaths;
      GRANT USAGE ON SEQUENCE ops.deaths TO recount_projector;
      CREATE FUNCTION ops.die() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF nextval('ops.deaths') <= 3 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER die AFTER INSERT ON read.names FOR EACH STATEMENT EXECUTE FUNCTION ops.die()`);
    await log.name(5);
    await start(namesProjection());
    await caughtUp();
    expect(await namingPositions()).toEqual([1, 2, 3, 4, 5]);
    const { rows } = await database.owner.query<{ last_value: bigint }>('SELECT last_value FROM ops.deaths');
    expect(rows[0]!.last_value).toBeGreaterThan(3n);
  });

  describe('that is a zombie', () => {
    const projector = (epoch: bigint): Projector =>
      new Projector(
        namesProjection(),
        epoch,
        { position: 0n, event: null },
        database.projector,
        new AbortController().signal,
      );
    const batch = async () => {
      const events = [];
      for await (const event of log.readStream('alias-told')) events.push(event);
      return readEvents({ events, position: BigInt(events.length), caughtUp: true });
    };

    beforeEach(async () => {
      await install(database.owner, namesProjection());
      await log.name(3);
    });

    it('writes nothing after another took over', async () => {
      await database.owner.query('UPDATE ops.projections SET owner_epoch = 5');
      await expect(projector(4n).consume(await batch(), 3n)).rejects.toThrow(CheckpointMoved);
      expect(await namingPositions()).toEqual([]);
      await projector(5n).consume(await batch(), 3n);
      expect(await namingPositions()).toEqual([1, 2, 3]);
    });

    it('writes nothing after another took over, also of what it looks at again', async () => {
      const again = Promise.withResolvers<void>();
      const repeating: Projection = {
        ...namesProjection(),
        onRepeated: async (client) => {
          await sleep(200);
          await client.query(`UPDATE read.names SET target_id = 'a zombie'`);
          again.resolve();
        },
      };
      await projector(0n).consume(await batch(), 3n);
      await database.owner.query('UPDATE ops.projections SET owner_epoch = 5, position = 0');
      const zombie = new Projector(
        repeating,
        4n,
        { position: 0n, event: null },
        database.projector,
        new AbortController().signal,
      );
      await expect(zombie.consume(await batch(), 3n)).rejects.toThrow(CheckpointMoved);
      await again.promise;
      const { rows } = await database.projector.query(`SELECT FROM read.names WHERE target_id = 'a zombie'`);
      expect(rows).toEqual([]);
    });

    it('writes nothing where the checkpoint was moved', async () => {
      const [one, other] = [projector(0n), projector(0n)];
      await one.consume(await batch(), 3n);
      await log.name(1);
      await expect(other.consume(await batch(), 4n)).rejects.toThrow(CheckpointMoved);
      expect(await namingPositions()).toEqual([1, 2, 3]);
      expect(await status()).toMatchObject({ position: 3n });
    });
  });

  describe('at an event that cannot be projected', () => {
    it('stops that projection before it, says where and why, and lets the others go on', async () => {
      let repaired = false;
      await log.name(20);
      const broken = namesProjection({ broken: ({ revision }) => revision === 12 && !repaired });
      await start(broken, otherNamesProjection());
      await caughtUp('other-names');
      const failed = await eventually(status, ({ status: found }) => found === 'failed', 'the failure');
      expect(failed).toMatchObject({
        position: 12n,
        failure: 'AliasReserved alias-told@12 (position 13): It is broken.',
      });
      expect((await namingPositions()).at(-1)).toBe(12);
      await log.name(1);
      await caughtUp('other-names');
      expect(await status()).toMatchObject({ status: 'failed', position: 12n });
      repaired = true;
      expect(await statuses.setStatus('names', 'running')).toBe(true);
      await caughtUp();
      expect(await status()).toMatchObject({ status: 'running', failure: null, position: 21n });
      expect(await namingPositions()).toEqual(Array.from({ length: 21 }, (_, index) => index + 1));
    });

    it('finds the one event whose rows the database refuses', async () => {
      await install(database.owner, namesProjection());
      await database.owner.query(`ALTER TABLE read.namings ADD CHECK (position <> 6)`);
      await log.name(9);
      await start(namesProjection());
      const failed = await eventually(status, ({ status: found }) => found === 'failed', 'the failure');
      expect(failed).toMatchObject({ position: 5n, failure: expect.stringContaining('alias-told@5') });
      expect(await namingPositions()).toEqual([1, 2, 3, 4, 5]);
    });

    it('stops every projection at a type that it does not know: it never skips', async () => {
      await log.name(2);
      await log.confuse();
      await log.name(1);
      await start(namesProjection(), otherNamesProjection());
      for (const name of ['names', 'other-names']) {
        const failed = await eventually(
          () => status(name),
          ({ status: found }) => found === 'failed',
          'the failure',
        );
        expect(failed).toMatchObject({ position: 2n, failure: expect.stringContaining('NeverHeardOf') });
      }
    });
  });

  it('shares projections with whoever else runs them, and takes over those of one that is gone', async () => {
    const writers = new Map<string, Set<string>>();
    const startNamed = async (writer: string): Promise<ProjectionRunner> => {
      const around: AroundBatch = (written, write) => {
        for (const { projection } of written)
          writers.set(projection, (writers.get(projection) ?? new Set()).add(writer));
        return write();
      };
      const projections = [namesProjection(), otherNamesProjection()];
      const runner = new ProjectionRunner(log, database, projections, LOGGER, around);
      runners.push(runner);
      await runner.start();
      return runner;
    };
    const writersAfterMore = async () => {
      writers.clear();
      await log.name(1);
      await caughtUp('names', 'other-names');
      return [...writers.values()].map((own) => [...own]);
    };
    const one = await startNamed('one');
    expect(await writersAfterMore()).toEqual([['one'], ['one']]);
    await startNamed('two');
    await eventually(writersAfterMore, (found) => new Set(found.flat()).size === 2, 'a projection of each');
    expect([...writers.values()].map((own) => own.size)).toEqual([1, 1]);
    await one.stop();
    await eventually(writersAfterMore, (found) => String(found) === 'two,two', 'a take-over');
    expect(await namingPositions()).toEqual(Array.from({ length: Number(await log.head()) }, (_, index) => index + 1));
  });

  it('rests while it is paused, and catches up', async () => {
    await start(namesProjection());
    await log.name(1);
    await caughtUp();
    await statuses.setStatus('names', 'paused');
    await eventually(
      async () => {
        await log.name(1);
        return (await log.head()) - (await status()).position;
      },
      (behind) => behind > 3n,
      'a pause',
    );
    await statuses.setStatus('names', 'running');
    await caughtUp();
    expect(await namingPositions()).toHaveLength(Number(await log.head()));
  });

  it('refuses a database that belongs to another log', async () => {
    await log.name(3);
    const first = await start(namesProjection());
    await caughtUp();
    await first.stop();
    log = new FollowedLog();
    await log.name(1, { commandId: '6f1c1b6e-1c39-4c3f-8f5e-000000000000' });
    await expect(start(namesProjection())).rejects.toThrow(
      /^The event store is older than the database.*names.*position 3.*\.$/u,
    );
  });

  it.each<[string, () => Promise<void>]>([
    ['an event', () => log.name(3)],
    ['a place where it wants nothing', () => log.name(1).then(() => log.release())],
  ])('refuses a log that ends before its checkpoint, which is at %s', async (_, fill) => {
    await fill();
    const first = await start(namesProjection());
    await caughtUp();
    await first.stop();
    log = new FollowedLog();
    await log.name(1);
    await expect(start(namesProjection())).rejects.toThrow(/^The event store is older than the database/u);
  });

  describe('is waited for', () => {
    it('until a position was considered, and no longer than asked', async () => {
      await start(namesProjection());
      await log.name(1);
      await statuses.waitFor(['names'], 1n, PATIENCE);
      expect(await namingPositions()).toEqual([1]);
      await expect(statuses.waitFor(['names'], 2n, 20)).rejects.toMatchObject({
        code: 'read_model_behind',
        kind: 'behind',
      });
    });

    it('until the caller goes away', async () => {
      await start(namesProjection());
      const gone = new AbortController();
      const waiting = statuses.waitFor(['names'], 9n, PATIENCE, gone.signal);
      gone.abort();
      await expect(waiting).rejects.toThrow(/abort/iu);
    });
  });

  it('says that a projection is not there', async () => {
    await expect(statuses.setStatus('nobody', 'paused')).resolves.toBe(false);
  });

  it('keeps rows of tenants apart', async () => {
    await log.name(2);
    await log.name(1, { tenantId: anId('tnt', 2) });
    await start(namesProjection());
    await caughtUp();
    const seen = (tenantId: typeof TENANT) => database.tenants.rows(tenantId, 'SELECT * FROM read.namings');
    expect(await seen(TENANT)).toHaveLength(2);
    expect(await seen(anId('tnt', 2))).toHaveLength(1);
    expect(await seen(anId('tnt', 3))).toEqual([]);
  });
});
