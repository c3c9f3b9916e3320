import { afterAll, beforeAll } from '@jest/globals';

import { describeEventLog } from './event-log.contract.js';
import { describeAppends } from './protocol-appends.contract.js';
import { describeReads } from './protocol-reads.contract.js';
import { describeCatchUps } from './protocol-subscriptions.contract.js';
import { describeSubscriptions } from './subscriptions.contract.js';
import { TemporaryEventStore } from './temporary-event-store.js';

let store: TemporaryEventStore;

beforeAll(async () => {
  store = await TemporaryEventStore.start();
});

afterAll(() => store.remove());

const servers: Record<string, () => string> = { 'the embedded event store': () => store.connectionString };
const { EVENTSTORE_URL } = process.env;
if (EVENTSTORE_URL !== undefined) servers[EVENTSTORE_URL] = () => EVENTSTORE_URL;

for (const [name, connectionString] of Object.entries(servers)) {
  describeEventLog(name, connectionString);
  describeSubscriptions(name, connectionString);
  describeAppends(name, connectionString);
  describeReads(name, connectionString);
  describeCatchUps(name, connectionString);
}
