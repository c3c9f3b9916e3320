import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { forked } from './forked.js';
import { Stopping } from './stopping.js';
import { TestDatabase } from './test-database.js';
import { TestEventStore } from './test-event-store.js';

describe('services for specs', () => {
  const stopping = new Stopping();
  let database: TestDatabase;
  let store: TestEventStore;

  beforeAll(async () => {
    database = await stopping.use(TestDatabase.create());
    store = await stopping.use(TestEventStore.start());
  });

  it('are a migrated database of the spec’s own', async () => {
    const { rows } = await database.owner.query<{ count: bigint }>('SELECT count(*) FROM ops.projections');
    expect(rows).toEqual([{ count: 0n }]);
  });

  it('are an empty log of the spec’s own', async () => {
    await expect(store.lastPosition()).resolves.toBeGreaterThanOrEqual(0n);
  });

  it('are not waited for where their process has ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'forked-'));
    const script = join(folder, 'ends.mjs');
    await writeFile(script, 'process.exit(3);');
    await expect(forked(script, { execArgv: [] })).rejects.toThrow('ended (3) before it listened');
    await rm(folder, { recursive: true });
  });
});
