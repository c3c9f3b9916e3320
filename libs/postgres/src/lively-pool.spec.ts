import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/services/eventually.js';
import { Relay } from '../../../test/services/relay.js';
import { Stopping } from '../../../test/services/stopping.js';
import { TestDatabase } from '../../../test/services/test-database.js';
import { isOutage } from './outage.js';
import { createPool } from './pool.js';

describe('connections to a database that falls silent', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let relay: Relay;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    relay = await stopping.use(Relay.before(Number(new URL(database.url).port)));
  });

  it.each(['holds', 'loses'] as const)(
    'are given up, and made anew, when it %s what is sent',
    async (kept) => {
      const pool = createPool(relay.of(database.url), { role: 'api', max: 4, statementMilliseconds: 200 });
      const asked = (): Promise<unknown> => pool.query('SELECT 1').catch((error: unknown) => error);
      await Promise.all(Array.from({ length: 4 }, asked));
      relay.fallSilent(kept);
      const failures = await Promise.all(Array.from({ length: 8 }, asked));
      expect(failures.every(isOutage)).toBe(true);
      relay.goOn();
      await eventually(asked, (answer) => !(answer instanceof Error), 'an answer', 20_000);
      await pool.end();
    },
    60_000,
  );

  it('end a statement that takes too long, and go on', async () => {
    const pool = createPool(database.url, { role: 'api', max: 1, statementMilliseconds: 100 });
    const failure = await pool.query('SELECT pg_sleep(30)').catch((error: unknown) => error);
    expect(isOutage(failure)).toBe(true);
    await expect(pool.query('SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await pool.end();
  });
});
