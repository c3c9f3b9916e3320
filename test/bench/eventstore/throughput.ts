/** Bench: how fast events go in and out, with the vendor's own client; every figure begins with a warm-up that does not count. */
import { randomUUID } from 'node:crypto';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient, jsonEvent, type JSONEventType, START, streamNameFilter } from '@eventstore/db-client';
import { measure } from './figures.js';
import { ServedStore } from './served-store.js';

const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const SINGLE = Math.round(2_000 * SCALE);
const CONCURRENT = Math.round(20_000 * SCALE);
const WRITERS = 64;
const BATCHES = Math.round(100 * SCALE);
const BATCH = 500;
const TO_READ = BATCHES * BATCH;

const anEvent = () =>
  jsonEvent<JSONEventType>({
    id: randomUUID(),
    type: 'UsageRecorded',
    data: { meter: 'tokens', quantity: '1234', at: '2026-01-15T10:30:00.123Z', text: 'x'.repeat(120) },
    metadata: { tenant: 'acme' },
  });

export const benchThroughput = async (): Promise<void> => {
  const store = await ServedStore.start();
  const client = EventStoreDBClient.connectionString(store.url);
  try {
    console.log(`fdatasync of 4 KiB, the ceiling of single appends: ${Math.round(flushesPerSecond())} /s`);
    let appended = await warmUp(client);
    const count = (events: number): number => {
      appended += events;
      return events;
    };
    await measure(
      store,
      { title: 'single appends, one after the other', unit: 'appends/s', atLeast: 1_000 },
      async () => {
        for (let index = 0; index < SINGLE; index++) await client.appendToStream(`single-${index % 100}`, anEvent());
        return count(SINGLE);
      },
    );
    await measure(
      store,
      { title: `single appends, ${WRITERS} at a time`, unit: 'appends/s', atLeast: 9_000 },
      async () => {
        await concurrently(WRITERS, CONCURRENT, (index) => client.appendToStream(`many-${index % 1_000}`, anEvent()));
        return count(CONCURRENT);
      },
    );
    await measure(store, { title: `appends of ${BATCH}`, unit: 'events/s', atLeast: 25_000 }, async (round) => {
      await concurrently(4, BATCHES, () =>
        client.appendToStream(`batches-${round}`, Array.from({ length: BATCH }, anEvent)),
      );
      return count(TO_READ);
    });
    await measure(store, { title: 'read of a stream', unit: 'events/s', atLeast: 40_000 }, (round) =>
      expectAll(TO_READ, client.readStream(`batches-${round}`)),
    );
    await measure(store, { title: 'read of $all', unit: 'events/s', atLeast: 50_000 }, () =>
      expectAll(appended, client.readAll()),
    );
    await measure(store, { title: 'filtered subscription', unit: 'events/s', atLeast: 50_000 }, () =>
      subscribed(client, TO_READ * 3),
    );
    console.log(`loss check: ${appended.toLocaleString('en')} events acknowledged, each read once in every round`);
  } finally {
    await client.dispose();
    await store.remove();
  }
};

const warmUp = async (client: EventStoreDBClient): Promise<number> => {
  await concurrently(WRITERS, 5_000, (index) => client.appendToStream(`warm-${index % 100}`, anEvent()));
  await expectAll(5_000, client.readAll());
  return 5_000;
};

const concurrently = async (width: number, times: number, work: (index: number) => Promise<unknown>): Promise<void> => {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
};

/** Answers how many there were, each once, or fails. */
const expectAll = async (
  expected: number,
  events: AsyncIterable<{ readonly event?: { readonly id: string } }>,
): Promise<number> => {
  let found = 0;
  const ids = new Set<string>();
  for await (const { event } of events) {
    found++;
    if (event !== undefined) ids.add(event.id);
  }
  if (found !== expected || ids.size !== expected)
    throw new Error(`${expected} events were acknowledged, ${found} were read, ${ids.size} of them different.`);
  return found;
};

const subscribed = (client: EventStoreDBClient, expected: number): Promise<number> =>
  new Promise((resolve, reject) => {
    let found = 0;
    const filter = streamNameFilter({ prefixes: ['batches-'] });
    const subscription = client.subscribeToAll({ fromPosition: START, filter });
    subscription.on('error', reject);
    subscription.on('data', () => {
      if (++found === expected) void subscription.unsubscribe().then(() => resolve(found));
    });
  });

const flushesPerSecond = (): number => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-bench-'));
  const file = openSync(join(folder, 'bare'), 'w');
  const page = Buffer.alloc(4_096);
  const flushes = 1_000;
  const begun = performance.now();
  for (let flush = 0; flush < flushes; flush++) {
    writeSync(file, page);
    fdatasyncSync(file);
  }
  const rate = (flushes * 1_000) / (performance.now() - begun);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return rate;
};
