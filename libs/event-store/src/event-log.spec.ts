import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { describeEventLog, describeSubscriptions } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { describeAppends } from './protocol-appends.contract.js';
import { describeReads } from './protocol-reads.contract.js';
import { describeCatchUps } from './protocol-subscriptions.contract.js';
import { TemporaryEventStore } from './temporary-event-store.js';

let store: TemporaryEventStore;

beforeAll(async () => {
  store = await TemporaryEventStore.start();
});

afterAll(() => store.remove());

const describeHealth = (name: string, connectionString: () => string): void => {
  describe(`the event log on ${name}`, () => {
    it('says that it is well', async () => {
      const log = new EventStoreDbLog(connectionString());
      await expect(log.checkHealth()).resolves.toBeUndefined();
      await log.dispose();
    });
  });
};

const servers: Record<string, () => string> = { 'the embedded event store': () => store.connectionString };
const { EVENTSTORE_URL } = process.env;
if (EVENTSTORE_URL !== undefined) servers[EVENTSTORE_URL] = () => EVENTSTORE_URL;

for (const [name, connectionString] of Object.entries(servers)) {
  describeEventLog(name, () => new EventStoreDbLog(connectionString()));
  describeSubscriptions(name, () => new EventStoreDbLog(connectionString()));
  describeHealth(name, connectionString);
  describeAppends(name, connectionString);
  describeReads(name, connectionString);
  describeCatchUps(name, connectionString);
}
