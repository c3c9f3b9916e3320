import { beforeAll, describe, expect, it } from '@jest/globals';
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
});
