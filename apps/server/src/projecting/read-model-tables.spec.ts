import { InMemoryEventLog } from '#testing';
import { describe, expect, it } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { project } from '../../../../test/services/projected.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { TestDatabase } from '../../../../test/services/test-database.js';
import type { Pools } from '../core/pools.js';
import { ReadModelTables } from './read-model-tables.js';

describe('the tables of read models', () => {
  const stopping = new Stopping();

  /** Whether they are there, and what was said of it. */
  const found = async (database: TestDatabase) => {
    const said: string[] = [];
    const logger = { warn: (text: string) => said.push(text), info: (text: string) => said.push(text) };
    const tables = new ReadModelTables(database as unknown as Pools, logger as unknown as PinoLogger);
    void tables.awaited();
    await database.owner.query('SELECT pg_sleep(0.2)');
    await tables.onModuleDestroy();
    return said;
  };
  const setVersion = (database: TestDatabase, name: string, change: string) =>
    database.owner.query(`UPDATE ops.projections SET version = version ${change} WHERE name = $1`, [name]);

  it('are waited for, until they are there as this version counts them', async () => {
    const database = await stopping.use(TestDatabase.create());
    expect(await found(database)).toEqual([expect.stringContaining('not there yet')]);
    await project(new InMemoryEventLog(), database);
    expect(await found(database)).toEqual([]);
    await setVersion(database, 'agenda', '- 1');
    expect(await found(database)).toEqual([expect.stringContaining('not there yet')]);
    await setVersion(database, 'agenda', '+ 1');
    // Nothing is decided by a report.
    await setVersion(database, 'mrr', '- 1');
    expect(await found(database)).toEqual([]);
  });
});
