import { type EventData, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { connect } from './client.js';
import { TemporaryEventStore } from './temporary-event-store.js';

const anAppend = (size = 1): EventData => jsonEvent({ type: 'Appended', data: { text: 'x'.repeat(size) } });

/** Jest fails a case in which something throws where nobody catches, which would end any other process. */
describe('the client package', () => {
  let store: TemporaryEventStore;

  beforeEach(async () => {
    store = await TemporaryEventStore.start();
  });

  afterEach(() => store.remove());

  it('does not end the process when a server dies under many big appends', async () => {
    const { client } = connect(store.connectionString);
    await client.appendToStream('warm-up', anAppend());
    const appends = Array.from({ length: 100 }, () => client.appendToStream('big', anAppend(200_000)));
    const settled = Promise.allSettled(appends);
    await store.kill();
    const outcomes = await settled;
    expect(outcomes.some(({ status }) => status === 'rejected')).toBe(true);
    await client.dispose();
  });

  it('does not end the process by an answer to an append that it has given up', async () => {
    const other = await TemporaryEventStore.start();
    const { client } = connect(store.connectionString);
    const { client: otherClient } = connect(other.connectionString);
    await Promise.all([client, otherClient].map((each) => each.appendToStream('warm-up', anAppend())));
    store.freeze();
    const given = expect(client.appendToStream('frozen', anAppend())).rejects.toThrow();
    other.freeze();
    const lost = expect(otherClient.appendToStream('lost', anAppend())).rejects.toThrow();
    await other.kill();
    await Promise.all([given, lost]);
    store.unfreeze();
    await expect(client.appendToStream('afterwards', anAppend())).resolves.toMatchObject({ success: true });
    await Promise.all([client.dispose(), otherClient.dispose(), other.remove()]);
  });
});
