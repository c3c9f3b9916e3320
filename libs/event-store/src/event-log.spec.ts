import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { describeEventLog, describeSubscriptions } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { SharedEventLog } from './shared-event-log.js';
import { servers } from './servers-under.contract.js';
import { WAYS } from './ways.contract.js';

/** Prefixes of the names that the contract makes. */
const EVERYTHING = { streamPrefixes: ['contract-', 'followed-', 'lone-', 'other-', 'plenty-'] };

describe.each(servers())('on %s', (name, server) => {
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  describe.each(WAYS)('by %s', (way) => {
    const open = () => new EventStoreDbLog(server.connectionString(), { way });
    describeEventLog(name, open);
    describeSubscriptions(name, open);
    describeSubscriptions(`${name}, read once for all`, () => new SharedEventLog(open(), EVERYTHING));
  });

  it('the event log says that it is well', async () => {
    const log = new EventStoreDbLog(server.connectionString());
    await expect(log.checkHealth()).resolves.toBeUndefined();
    await log.dispose();
  });
});
