import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { EventLogDenied } from '#kernel';
import { aStream, collect, events } from '#testing';

import { ClusterNode } from './cluster-node.js';
import { EventStoreDbLog } from './event-store-db-log.js';
import { lackingRights } from './rights.js';
import { TemporaryEventStore } from './temporary-event-store.js';

describe('the rights of a user', () => {
  const filter = { streamPrefixes: ['account-'] };
  const stream = aStream();
  const failures: Error[] = [];
  let store: TemporaryEventStore;
  let node: ClusterNode;
  let log: EventStoreDbLog;

  beforeAll(async () => {
    store = await TemporaryEventStore.start();
    node = await ClusterNode.before(store.connectionString);
    log = new EventStoreDbLog(`esdb://${node.address}?tls=false`, {
      subscriptions: { interrupted: (_, error) => failures.push(error), resumed: () => undefined },
    });
  });

  afterAll(async () => {
    await log.dispose();
    await node.stop();
    await store.remove();
  });

  it('are all there where none is lacking, on an empty log, too, and trying them writes nothing', async () => {
    await expect(lackingRights(log, stream, filter)).resolves.toEqual([]);
    await expect(collect(log.readStream(stream))).resolves.toEqual([]);
    await log.append(stream, events(1), 'no_stream');
    await expect(lackingRights(log, stream, filter)).resolves.toEqual([]);
    await expect(collect(log.readStream(stream))).resolves.toHaveLength(1);
  });

  it('are tried at the server, also the one to append', async () => {
    node.appendIsDenied = true;
    await expect(lackingRights(log, stream, filter)).resolves.toEqual(['append']);
    node.appendIsDenied = false;
  });

  it('are none of a user whom it does not know, which is another matter', async () => {
    node.userIsUnknown = true;
    await expect(lackingRights(log, stream, filter)).rejects.toMatchObject({ reason: 'unknown_user' });
    node.userIsUnknown = false;
  });

  it('are named where one is lacking, and a subscription says at once what it lacks', async () => {
    node.allIsDenied = true;
    await expect(lackingRights(log, stream, filter)).resolves.toEqual(['read_all']);
    const stop = new AbortController();
    const following = collect(log.subscribe({ filter, batchSize: 1, signal: stop.signal }));
    while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await expect(following).resolves.toEqual([]);
    expect(failures[0]).toBeInstanceOf(EventLogDenied);
  });
});
