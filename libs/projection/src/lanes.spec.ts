import type { EventBatch, SubscribeOptions } from '#kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { eventually } from '../../../test/services/eventually.js';
import { NamedLog, namesProjection, otherNamesProjection } from '../../../test/services/named-log.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { ProjectionRunner } from './projection-runner.js';
import { ProjectionStatuses } from './projection-status.js';
import type { Projection } from './projection.js';
import type { AroundBatch } from './projector.js';

const PATIENCE = 30_000;

/** Knows who reads it, and tells of each batch that it hands over. */
class ReadLog extends NamedLog {
  readers = 0;
  onBatch: () => void = () => undefined;

  override async *subscribe(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.readers += 1;
    try {
      for await (const batch of super.subscribe(options)) {
        this.onBatch();
        yield batch;
      }
    } finally {
      this.readers -= 1;
    }
  }
}

const names = namesProjection();
const others = otherNamesProjection();
const BOTH = ['names', 'other-names'];

describe('projections on their lanes', () => {
  const stopping = new Stopping();
  let log: ReadLog;
  let database: TestDatabase;
  let statuses: ProjectionStatuses;
  const runners: ProjectionRunner[] = [];
  /** Before and after other-names writes a batch. */
  let before: () => Promise<void> | void;
  let after: () => void;
  let onJoin: () => void;

  beforeEach(async () => {
    log = new ReadLog();
    database ??= await stopping.use(TestDatabase.create());
    await database.forget();
    statuses = new ProjectionStatuses(database.owner);
    before = after = onJoin = () => undefined;
  });

  afterEach(() => stopAll());

  const stopAll = async (): Promise<void> => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  };
  const around: AroundBatch = async (written, write) => {
    if (!written.some(({ projection }) => projection === 'other-names')) return write();
    await before();
    await write();
    after();
  };
  const logger = pino(
    { level: 'info' },
    { write: (line: string) => line.includes('go on with the others') && onJoin() },
  );
  const start = async (...projections: readonly Projection[]): Promise<ProjectionRunner> => {
    const runner = new ProjectionRunner(log, database, projections, logger, around);
    runners.push(runner);
    await runner.start();
    return runner;
  };
  const reached = async (...projections: readonly string[]): Promise<void> =>
    statuses.waitFor(projections, await log.head(), PATIENCE);
  const rowsOf = async (table: 'namings' | 'other_namings'): Promise<number[]> => {
    const { rows } = await database.projector.query<{ position: bigint }>(
      `SELECT position FROM read.${table} ORDER BY position`,
    );
    return rows.map(({ position }) => Number(position));
  };
  const everything = async (): Promise<number[]> =>
    Array.from({ length: Number(await log.head()) }, (_, index) => index + 1);
  const positionOf = async (name: string): Promise<bigint> =>
    (await statuses.all()).find((one) => one.name === name)!.position;
  const oneReader = () =>
    eventually(
      () => Promise.resolve(log.readers),
      (readers) => readers === 1,
      'one reader for both',
    );

  describe('of which one is held', () => {
    let gate: PromiseWithResolvers<void>;
    let held: PromiseWithResolvers<void>;

    beforeEach(() => {
      gate = Promise.withResolvers();
      held = Promise.withResolvers();
    });

    // What failed while it was held can end.
    afterEach(() => gate.resolve());

    const hold = (): void => {
      before = () => {
        held.resolve();
        return gate.promise;
      };
    };

    /** While other-names cannot move, names is asked for all that the log has. */
    const goesOnWithout = async (): Promise<void> => {
      await held.promise;
      const heldAt = await positionOf('other-names');
      for (let round = 0; round < 3; round++) {
        await log.name(2);
        await reached('names');
        expect(await rowsOf('namings')).toEqual(await everything());
      }
      expect(await positionOf('other-names')).toBe(heldAt);
      await expect(statuses.waitFor(['other-names'], await log.head(), 0)).rejects.toThrow('has not come to position');
      gate.resolve();
      await reached(...BOTH);
      expect(await rowsOf('other_namings')).toEqual(await everything());
      await oneReader();
      await log.name(3);
      await reached(...BOTH);
      expect([await rowsOf('namings'), await rowsOf('other_namings')]).toEqual([
        await everything(),
        await everything(),
      ]);
    };

    it('because it is new, and has the whole log before it', async () => {
      await log.name(20);
      await (await start(names)).stop();
      await start(names);
      await reached('names');
      await stopAll();
      hold();
      await start(names, others);
      await goesOnWithout();
    });

    it('because it rested, and was told to go on', async () => {
      await start(names, others);
      await log.name(5);
      await reached(...BOTH);
      await statuses.setStatus('other-names', 'paused');
      await eventually(
        async () => {
          const first = await log.head();
          // On one lane they go from batch to batch together: names at the second name, other-names has had the first.
          for (let round = 0; round < 2; round++) {
            await log.name(1);
            await reached('names');
          }
          return (await positionOf('other-names')) <= first;
        },
        (behind) => behind,
        'a pause',
      );
      hold();
      await statuses.setStatus('other-names', 'running');
      await goesOnWithout();
    });

    it('because its checkpoint is behind', async () => {
      await start(others);
      await log.name(3);
      await reached('other-names');
      await stopAll();
      await log.name(4);
      await start(names);
      await reached('names');
      await stopAll();
      hold();
      await start(names, others);
      await goesOnWithout();
    });

    it('as the first to be held: what is ahead does not wait for it, either', async () => {
      await log.name(3);
      await start(others);
      await reached('other-names');
      await stopAll();
      await log.name(3);
      hold();
      await start(names, others);
      await goesOnWithout();
    });
  });

  describe('killed', () => {
    class Killed extends Error {}

    /** Counts the steps of a projection that catches up and joins; at one of them the process dies. Answers whether it did. */
    const killAt = (step: number): { readonly died: () => boolean } => {
      let steps = 0;
      let dead = false;
      const count = (): void => {
        steps += 1;
        if (steps !== step) return;
        dead = true;
        for (const runner of runners) void runner.stop();
        throw new Killed();
      };
      before = after = log.onBatch = count;
      onJoin = () => {
        try {
          count();
        } catch {
          // A logger does not fail.
        }
      };
      return { died: () => dead };
    };

    const live = (): void => {
      before = after = onJoin = log.onBatch = () => undefined;
    };

    it('at any step between catching up and joining, skip nothing and write nothing twice', async () => {
      let step = 0;
      for (let died = true; died;) {
        step += 1;
        await database.forget();
        log = new ReadLog();
        await log.name(6);
        await start(names);
        await reached('names');
        await stopAll();
        const kill = killAt(step);
        await start(names, others);
        await log.name(2);
        let settled = false;
        void Promise.all([reached(...BOTH), oneReader()]).then(
          () => (settled = true),
          () => (settled = true),
        );
        await eventually(
          () => Promise.resolve(settled || kill.died()),
          (ended) => ended,
          'an end',
        );
        died = kill.died();
        await stopAll();
        live();
        await start(names, others);
        await log.name(2);
        await reached(...BOTH);
        expect({ step, rows: await rowsOf('namings') }).toEqual({ step, rows: await everything() });
        expect({ step, rows: await rowsOf('other_namings') }).toEqual({ step, rows: await everything() });
        await stopAll();
      }
      // Its batch before and after it is written, the batches of both readers, the joining.
      expect(step).toBeGreaterThan(5);
    }, 120_000);
  });
});
