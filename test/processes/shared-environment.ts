import { randomBytes } from 'node:crypto';
import type { Stopping } from '../services/stopping.js';
import { TestDatabase } from '../services/test-database.js';
import { TestEventStore } from '../services/test-event-store.js';
import { TemporaryFolder } from './product.js';

const EMPTY = 'template1';

/** Opens `/metrics`. */
export const SCRAPER = 'what-prometheus-knows';

/** A database without anything in it, for a process that makes its tables. */
export const emptyDatabase = (stopping: Stopping): Promise<TestDatabase> => stopping.use(TestDatabase.create(EMPTY));

/** What processes of one installation have in common: an event store, an empty database, keys. */
export const sharedEnvironment = async (stopping: Stopping) => {
  const { url: DATABASE_URL } = await emptyDatabase(stopping);
  const store = await stopping.use(TestEventStore.start());
  const folder = await stopping.use(new TemporaryFolder());
  const environment = {
    DATABASE_URL,
    EVENTSTORE_URL: store.url,
    RECOUNT_MASTER_KEY: randomBytes(32).toString('base64'),
    RECOUNT_KEY_RING: folder.join('key-ring'),
    METRICS_TOKEN: SCRAPER,
  };
  return { environment, folder, store };
};
