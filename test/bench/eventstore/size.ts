/** Bench: a store of many events and streams: how long it takes to open, what it keeps in memory, how fast it finds one event. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { encodeRecord } from '../../../packages/eventstore/src/codec/recorded-event.js';
import { LmdbStorage } from '../../../packages/eventstore/src/storage/lmdb-storage.js';
import { fileOf } from '../../../packages/eventstore/src/storage/tables.js';
import { percentile } from '../rounds.js';
import { verdict } from './figures.js';
import { ServedStore } from './served-store.js';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 5_000_000);
const STREAMS = Math.min(EVENTS, Number(process.env['BENCH_STREAMS'] ?? 1_000_000));
const READS = 10_000;
const OPENINGS = 3;
const GROUP = 10_000;
const LONGEST_OPENING_MS = 2_000;
const MOST_MEBIBYTES = 300;
const SLOWEST_READ_MS = 2;

export const benchSize = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-bench-'));
  try {
    await fill(folder);
    const mebibytes = Math.round(statSync(fileOf(folder)).size / 1024 ** 2);
    const title = `${EVENTS.toLocaleString('en')} events in ${STREAMS.toLocaleString('en')} streams, ${mebibytes} MiB`;
    for (let opening = 0; opening < OPENINGS; opening++) {
      const store = await ServedStore.start(folder);
      const [ms, anonymous] = [Math.round(store.openedInMs), Math.round(store.anonymousMebibytes)];
      const isReached = ms < LONGEST_OPENING_MS && anonymous < MOST_MEBIBYTES;
      console.log(`opening ${title}: ${ms} ms with the start of the process, ${anonymous} MiB: ${verdict(isReached)}`);
      if (opening === OPENINGS - 1) await readSingles(store);
      await store.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Held against reads of one and the same event, which are all wire and waiting for a processor. */
const readSingles = async (store: ServedStore): Promise<void> => {
  const client = EventStoreDBClient.connectionString(store.url);
  const readOne = async (stream: number, revision: number): Promise<number> => {
    const begun = performance.now();
    const options = { fromRevision: BigInt(revision), maxCount: 1 };
    for await (const { event } of client.readStream(`stream-${stream}`, options))
      if (event?.revision !== BigInt(revision)) throw new Error(`Stream ${stream} lost revision ${revision}.`);
    return performance.now() - begun;
  };
  const latencies = async (next: () => readonly [stream: number, revision: number]): Promise<[number, number]> => {
    const all: number[] = [];
    for (let read = 0; read < READS; read++) all.push(await readOne(...next()));
    return [percentile(all, 0.5), percentile(all, 0.99)].map((ms) => Math.round(ms * 100) / 100) as [number, number];
  };
  const below = (limit: number): number => Math.floor(Math.random() * limit);
  const [sameMedian, sameP99] = await latencies(() => [0, 0]);
  const [median, p99] = await latencies(() => [below(STREAMS), below(Math.floor(EVENTS / STREAMS))]);
  const title = `one event of a stream among ${STREAMS.toLocaleString('en')}`;
  console.log(`${title}: median ${median} ms, p99 ${p99} ms: ${verdict(p99 < SLOWEST_READ_MS)}`);
  console.log(`  ceiling of this run, the same event each time: median ${sameMedian} ms, p99 ${sameP99} ms`);
  console.log(`  after ${2 * READS} reads the store has ${Math.round(store.anonymousMebibytes)} MiB`);
  await client.dispose();
};

/** Straight into the storage: what is measured comes afterwards. */
const fill = async (folder: string): Promise<void> => {
  const storage = LmdbStorage.open(folder, { cachedStreams: STREAMS });
  const data = Buffer.from(JSON.stringify({ meter: 'tokens', quantity: '1234', text: 'x'.repeat(120) }));
  const metadata = Buffer.from('{"tenant":"acme"}');
  const put = (index: number): void => {
    const stream = `stream-${index % STREAMS}`;
    const place = { stream, revision: Math.floor(index / STREAMS), position: index + 1 };
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const event = { id, type: 'UsageRecorded', isJson: true, data, metadata };
    storage.put({ ...place, record: encodeRecord(event, { ...place, created: '17685594000000000' }) });
  };
  for (let begin = 0; begin < EVENTS; begin += GROUP)
    storage.transaction(() => {
      for (let index = begin; index < Math.min(begin + GROUP, EVENTS); index++) put(index);
    });
  await storage.close();
};
