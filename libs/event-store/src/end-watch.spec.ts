import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { anEvent, aStream, batchesUntil, collect, events, numbersIn } from '#testing';

import { EventStoreDbLog } from './event-store-db-log.js';
import { OldServer } from './old-server.js';
import { TemporaryEventStore } from './temporary-event-store.js';

describe('a subscription to a server that never says that it has caught up', () => {
  let store: TemporaryEventStore;
  let server: OldServer;
  let log: EventStoreDbLog;
  let writer: EventStoreDbLog;

  beforeAll(async () => {
    store = await TemporaryEventStore.start();
    server = await OldServer.before(store.connectionString);
    log = new EventStoreDbLog(server.connectionString);
    writer = new EventStoreDbLog(store.connectionString);
  });

  afterAll(async () => {
    await Promise.all([log.dispose(), writer.dispose()]);
    server.stop();
    await store.remove();
  });

  it('finds out by itself, in an empty log', async () => {
    const [batch] = await batchesUntil(log, { filter: { streamPrefixes: ['account-'] } }, ({ caughtUp }) => caughtUp);
    expect(batch).toEqual({ events: [], position: 0n, caughtUp: true, bytes: 0 });
  });

  it('finds out by itself, after the last event that it wants', async () => {
    const category = aStream();
    await writer.append(category, events(3), 'no_stream');
    const batches = await batchesUntil(log, { filter: { streamPrefixes: [category] } }, ({ caughtUp }) => caughtUp);
    expect(numbersIn(batches)).toEqual([0, 1, 2]);
  });

  it('finds out by itself, behind many events that it does not want', async () => {
    const category = aStream();
    await writer.append(category, events(1), 'no_stream');
    const { position } = await writer.append(aStream(), events(300), 'no_stream');
    const batches = await batchesUntil(log, { filter: { streamPrefixes: [category] } }, ({ caughtUp }) => caughtUp);
    expect(numbersIn(batches)).toEqual([0]);
    expect(batches.at(-1)?.position).toBeGreaterThanOrEqual(position);
  });

  it.each([1, 100, 200, 500])('finds out by itself that %d events came which it does not want', async (count) => {
    const category = aStream();
    let appending: Promise<bigint> | undefined;
    let end: bigint | undefined;
    await batchesUntil(log, { filter: { streamPrefixes: [category] } }, ({ caughtUp, position }) => {
      if (caughtUp) {
        appending ??= writer.append(aStream(), events(count), 'no_stream').then((done) => (end = done.position));
      }
      return end !== undefined && position >= end;
    });
    await expect(appending).resolves.toBe(end);
  });

  it('goes on from there', async () => {
    const category = aStream();
    let appending: Promise<unknown> | undefined;
    const batches = await batchesUntil(log, { filter: { streamPrefixes: [category] } }, ({ caughtUp }, all) => {
      if (caughtUp) appending ??= writer.append(category, [anEvent(7)], 'no_stream');
      return numbersIn(all).length > 0;
    });
    await appending;
    expect(numbersIn(batches)).toEqual([7]);
  });

  it('reads the whole log to its end, too', async () => {
    const category = aStream();
    await writer.append(category, events(2), 'no_stream');
    await writer.append(aStream(), events(1), 'no_stream');
    await expect(collect(log.readAll({ filter: { streamPrefixes: [category] } }))).resolves.toHaveLength(2);
  });
});
