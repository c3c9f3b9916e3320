import { beforeAll, describe, expect, it } from '@jest/globals';
import { Relay } from '../../../test/services/relay.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { whileHolding } from './advisory-lock.js';
import { createPool } from './pool.js';

describe('a lock of the database', () => {
  const stopping = new Stopping();
  const never = new AbortController().signal;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
  });

  const aborted = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });

  it('lets one work at a time, and the next one when it is done', async () => {
    const told: string[] = [];
    const begun = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const first = whileHolding(database.owner, 'work', never, async () => {
      told.push('first begins');
      begun.resolve();
      await end.promise;
      told.push('first ends');
    });
    await begun.promise;
    const second = whileHolding(database.owner, 'work', never, () => Promise.resolve(void told.push('second')));
    await whileHolding(database.owner, 'other work', never, () => Promise.resolve(void told.push('other')));
    end.resolve();
    await Promise.all([first, second]);
    expect(told).toEqual(['first begins', 'other', 'first ends', 'second']);
  });

  it('is free again after work that failed', async () => {
    await expect(whileHolding(database.owner, 'failing', never, () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    );
    let worked = false;
    await whileHolding(database.owner, 'failing', never, () => Promise.resolve(void (worked = true)));
    expect(worked).toBe(true);
  });

  it('tells its holder when its connection falls silent', async () => {
    const relay = await stopping.use(Relay.before(Number(new URL(database.url).port)));
    const pool = createPool(relay.of(database.url), { role: 'owner', max: 1 });
    const holding = whileHolding(pool, 'silent', never, async (signal) => {
      relay.fallSilent('loses');
      await aborted(signal);
    });
    await expect(holding).resolves.toBeUndefined();
    await pool.end();
  }, 30_000);

  it('is not waited for any longer than somebody wants to', async () => {
    const impatient = new AbortController();
    await whileHolding(database.owner, 'busy', never, async () => {
      const waiting = whileHolding(database.owner, 'busy', impatient.signal, () => Promise.reject(new Error('worked')));
      impatient.abort();
      await expect(waiting).rejects.toThrow(/abort/iu);
    });
  });

  it('tells its holder when its connection is lost, and another can have it', async () => {
    let told = false;
    await whileHolding(database.owner, 'lost', never, async (signal) => {
      await database.owner.query(`
        SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      await aborted(signal);
      told = true;
      await whileHolding(database.owner, 'lost', never, () => Promise.resolve());
    });
    expect(told).toBe(true);
  });
});
