import { accountStream } from '#contracts';
import { migrationSource } from '#postgres';
import { ACCOUNT, TENANT } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { TimersOfStreams1763500014000 } from '../../../../migrations/1763500014000-timers-of-streams.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';

describe('claims of timers that an older version made', () => {
  const stopping = new Stopping();

  it('stay, as those of the streams of their accounts', async () => {
    const database = await stopping.use(TestDatabase.create('template1'));
    const migrate = async (count?: number): Promise<void> => {
      const source = migrationSource(database.url, MIGRATIONS.slice(0, count));
      await source.initialize();
      await source.query('CREATE SCHEMA IF NOT EXISTS ops');
      await source.runMigrations();
      await source.destroy();
    };
    await migrate(MIGRATIONS.indexOf(TimersOfStreams1763500014000));
    await database.owner.query(
      `INSERT INTO ops.timer_claims (tenant_id, account_id, timer_key, generation, leased_until, fired)
       VALUES ($1, $2, 'end:1', 3, now(), true)`,
      [TENANT, ACCOUNT],
    );
    await migrate();
    const { rows } = await database.projector.query('SELECT owner, timer_key, generation, fired FROM ops.timer_claims');
    expect(rows).toEqual([{ owner: accountStream(TENANT, ACCOUNT), timer_key: 'end:1', generation: 3n, fired: true }]);
  });
});
