/**
 * Bench: what an append costs by each way that the product has, in turn: those of the store and of ourselves. `EVENTSTORE_URL` names
 * another server, `EVENTSTORE_PID` its process, for its processor time.
 */
import { randomUUID } from 'node:crypto';
import { EventStoreDbLog, type Way } from '#event-store';
import type { ProposedEvent } from '#kernel';
import { median } from '../rounds.js';
import { cpuOf, type ProcessorTime, ServedStore } from './served-store.js';

const SCALE = Number(process.env['BENCH_SCALE'] ?? 1);
const ROUNDS = 5;
const WAYS: readonly Way[] = ['package', 'channel'];
const NONE: ProcessorTime = { userMs: 0, systemMs: 0 };

interface Server {
  readonly url: string;
  readonly cpu: ProcessorTime;
  remove(): Promise<void>;
}

interface Load {
  readonly title: string;
  readonly appends: number;
  readonly width: number;
  readonly events: number;
}

const LOADS: readonly Load[] = [
  { title: 'single appends, 64 at a time', appends: 10_000, width: 64, events: 1 },
  { title: 'single appends, 256 at a time', appends: 10_000, width: 256, events: 1 },
  { title: 'appends of 8, 64 at a time', appends: 3_000, width: 64, events: 8 },
  { title: 'appends of 500, 4 at a time', appends: 60, width: 4, events: 500 },
];

/** About as large as what a command stores. */
const anEvent = (): ProposedEvent => ({
  id: randomUUID(),
  type: 'UsageRecorded',
  data: { meter: 'tokens', quantity: '1234', at: '2026-01-15T10:30:00.123Z', text: 'x'.repeat(500) },
  metadata: {
    schemaVersion: 1,
    tenantId: 'tnt_01j9xq2v5ze0n9k4t3b7c6d8f0',
    commandId: randomUUID(),
    requestHash: 'x'.repeat(43),
    actor: { type: 'api_key', id: 'key_01j9xq2v5ze0n9k4t3b7c6d8f0' },
    correlationId: randomUUID(),
    recordedAt: '2026-01-15T10:30:00.123Z',
    effectiveAt: '2026-01-15T10:30:00.123Z',
    chain: 'x'.repeat(43),
  },
});

export const benchAppends = async (): Promise<void> => {
  const server = await theServer();
  const logs = WAYS.map((way) => ({ way, log: new EventStoreDbLog(server.url, { way }) }));
  try {
    for (const load of LOADS) {
      for (const { log } of logs) await carryOut(log, load, 0.2);
      const measured = logs.map((log) => ({
        ...log,
        rates: [] as number[],
        client: [] as number[],
        store: [] as number[],
      }));
      for (let round = 0; round < ROUNDS; round++) {
        for (const { log, rates, client, store } of measured) {
          const [before, clientBefore, begun] = [server.cpu, process.cpuUsage(), performance.now()];
          const appends = await carryOut(log, load, 1);
          rates.push((appends * 1_000) / (performance.now() - begun));
          const used = process.cpuUsage(clientBefore);
          client.push((used.user + used.system) / appends);
          store.push((totalMs(server.cpu) - totalMs(before)) * (1_000 / appends));
        }
      }
      console.log(load.title);
      for (const { way, rates, client, store } of measured) {
        const [rate, own, theirs] = [rates, client, store].map((values) => Math.round(median(values)));
        console.log(`  by ${way}: ${rate!.toLocaleString('en')}/s, client ${own} µs, store ${theirs} µs an append`);
      }
    }
  } finally {
    for (const { log } of logs) await log.dispose();
    await server.remove();
  }
};

const totalMs = ({ userMs, systemMs }: ProcessorTime): number => userMs + systemMs;

const theServer = async (): Promise<Server> => {
  const { EVENTSTORE_URL: url, EVENTSTORE_PID: pid } = process.env;
  if (url === undefined) return ServedStore.start();
  return {
    url,
    get cpu() {
      return pid === undefined ? NONE : cpuOf(pid);
    },
    remove: () => Promise.resolve(),
  };
};

/** Each of the writers has a stream of its own, as commands of different accounts have. */
const carryOut = async (log: EventStoreDbLog, { appends, width, events }: Load, share: number): Promise<number> => {
  const total = Math.ceil(appends * SCALE * share);
  let begun = 0;
  const writer = async (): Promise<void> => {
    const stream = `account-${randomUUID()}`;
    for (let revision = -1; begun++ < total; revision += events) {
      await log.append(stream, Array.from({ length: events }, anEvent), revision < 0 ? 'no_stream' : revision);
    }
  };
  await Promise.all(Array.from({ length: width }, writer));
  return total;
};
