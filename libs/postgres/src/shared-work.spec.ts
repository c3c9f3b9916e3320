import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/services/eventually.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import type { Held } from './advisory-lock.js';
import { shareOut } from './shared-work.js';

const NAMES = ['a', 'b', 'c', 'd', 'e'];

describe('work that is shared out', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  /** Who does what, by part: never more than one. */
  const doing = new Map<string, string>();
  const twice: string[] = [];
  const processes: Process[] = [];

  /** Ends what it does a moment after it is told to, as real work does. */
  class Process {
    private readonly leaving = new AbortController();
    readonly ended: Promise<void>;

    constructor(
      readonly name: string,
      group: string,
      parts: ReadonlyMap<string, Held> = new Map(NAMES.map((part) => [part, (signal) => this.work(part, signal)])),
    ) {
      this.ended = shareOut(database.owner, group, parts, this.leaving.signal);
      processes.push(this);
    }

    leave(): Promise<void> {
      this.leaving.abort();
      return this.ended;
    }

    private async work(part: string, signal: AbortSignal): Promise<void> {
      if (doing.has(part)) twice.push(part);
      doing.set(part, this.name);
      if (!signal.aborted) await once(signal, 'abort');
      await sleep(20);
      doing.delete(part);
    }
  }

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
  });

  afterEach(async () => {
    await Promise.allSettled(processes.splice(0).map((process) => process.leave()));
    expect(twice.splice(0)).toEqual([]);
  });

  const sharesAre = (...shares: readonly number[]): Promise<unknown> =>
    eventually(
      () => Promise.resolve([...Map.groupBy(doing.values(), (name) => name).values()].map((own) => own.length).sort()),
      (found) => String(found) === String([...shares].sort()),
      `shares of ${shares.join()}`,
      20_000,
    );

  it('is done all by one who is alone', async () => {
    new Process('one', 'alone');
    await sharesAre(5);
  });

  it('is shared with whoever comes, and taken over from whoever leaves', async () => {
    const one = new Process('one', 'shared');
    await sharesAre(5);
    new Process('two', 'shared');
    await sharesAre(3, 2);
    const three = new Process('three', 'shared');
    await sharesAre(2, 2, 1);
    await one.leave();
    await sharesAre(3, 2);
    await three.leave();
    await sharesAre(5);
    expect(new Set(doing.values())).toEqual(new Set(['two']));
  }, 60_000);

  it('is nothing to who shares in another group', async () => {
    new Process('one', 'one group');
    await sharesAre(5);
    const { rows } = await database.owner.query<{ free: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtext('another group'), hashtext('a')) AS free`,
    );
    expect(rows).toEqual([{ free: true }]);
  });

  it('is taken over from whoever loses the connection, after they have been told', async () => {
    const one = new Process('one', 'lost');
    await sharesAre(5);
    await database.owner.query(`
      SELECT pg_terminate_backend(pid) FROM pg_locks
       WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    await one.ended.catch(() => undefined);
    expect(doing.size).toBe(0);
    new Process('two', 'lost');
    await sharesAre(5);
  });

  it('ends all of it when a part fails, and says why once it has ended', async () => {
    const told: string[] = [];
    const parts = new Map<string, Held>([
      ['fails', () => Promise.reject(new Error('failed'))],
      [
        'slow',
        async (signal) => {
          if (!signal.aborted) await once(signal, 'abort');
          await sleep(100);
          told.push('the slow part ends');
        },
      ],
    ]);
    const failing = new Process('one', 'failing', parts);
    await expect(failing.ended).rejects.toThrow('failed');
    expect(told).toEqual(['the slow part ends']);
  });
});
