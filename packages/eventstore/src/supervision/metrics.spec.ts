import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { EventStore } from '../event-store.js';
import { EventStoreServer } from '../server.js';
import { LmdbStorage } from '../storage/lmdb-storage.js';
import { fileOf } from '../storage/tables.js';
import { Metrics } from './metrics.js';
import { serveMetrics } from './metrics-server.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recount-metrics-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

it('tells Prometheus what the store did', async () => {
  const metrics = new Metrics();
  const store = new EventStore(LmdbStorage.open(folder), {
    now: Date.now,
    newId: () => '',
    onFailure: () => undefined,
    onCommitted: metrics.committed,
  });
  metrics.watch(store, fileOf(folder));
  const port = await serveMetrics(metrics, '127.0.0.1', 0);
  const server = await EventStoreServer.start(store, {
    host: '127.0.0.1',
    port: 0,
    maxAppendBytes: 1_000_000,
    maxEventBytes: 1_000_000,
  });
  const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${server.port}?tls=false`);

  const subscription = client.subscribeToStream('a');
  await once(subscription.resume(), 'confirmation');
  await client.appendToStream(
    'a',
    [1, 2, 3].map((n) => jsonEvent({ type: 'A', data: { n } })),
  );
  await client.appendToStream('a', jsonEvent({ type: 'A', data: {} }), { expectedRevision: 7n }).catch(() => undefined);
  for await (const { event } of client.readStream('a')) expect(event?.type).toBe('A');

  const told = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const value = (name: string): number => Number(new RegExp(`^eventstore_${name} (.*)$`, 'mu').exec(told)?.[1]);
  expect({
    writes: value('writes_total'),
    events: value('events_written_total'),
    commits: value('commit_seconds_count'),
    groups: value('commit_writes_sum'),
    reads: value('reads'),
    subscriptions: value('subscriptions'),
    head: value('head_position'),
  }).toEqual({ writes: 2, events: 3, commits: 2, groups: 2, reads: 1, subscriptions: 1, head: 3 });
  expect(value('bytes_written_total')).toBeGreaterThan(3 * 100);
  expect(value('store_bytes')).toBeGreaterThan(0);
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);

  await client.dispose();
  await server.stop();
});
