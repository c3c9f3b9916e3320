import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDbLog } from '#event-store';
import { Stack } from '../trace/stack.js';
import { print } from './rounds.js';

const ROUNDS = 3;
const ACCOUNTS = 200;
const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 100_000);
const READINGS_PER_BATCH = 1_000;

/** Rebuilds of the usage and accounts projections, held against a bare read of the whole log. */
export const benchRebuild = async (): Promise<void> => {
  const stack = await Stack.start();
  try {
    await fill(stack);
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rates.push(await rebuild(stack, 'accounts'));
    const bare = await bareRead(stack);
    print({
      title: 'rebuild of a projection that few events concern',
      unit: 'events/s',
      rates,
      ceiling: { title: 'bare read of the log', rate: bare },
    });
    const usage: number[] = [];
    for (let round = 0; round < ROUNDS; round++) usage.push(await rebuild(stack, 'usage'));
    print({
      title: 'rebuild of usage, one reading an event',
      unit: 'events/s',
      rates: usage,
      ceiling: { title: 'bare read of the log', rate: bare },
    });
  } finally {
    await stack.stop();
  }
};

const fill = async ({ client }: Stack): Promise<void> => {
  await client.put('settings/billing', { usageWindow: { pastDays: 36_500, futureHours: 1 } });
  for (let index = 0; index < ACCOUNTS; index++) {
    await client.post('accounts', { externalId: `cust-${index}`, name: `Customer ${index}`, currency: 'USD' });
  }
  // One account a request and event: a batch of one account is one event of many readings, so batches are made of many accounts.
  const requests = Math.ceil(EVENTS / ACCOUNTS);
  for (let request = 0; request < requests; request++) {
    const events = Array.from({ length: Math.min(ACCOUNTS, READINGS_PER_BATCH) }, (_, index) => ({
      id: `r-${request}-${index}`,
      event: 'request',
      accountId: `external:cust-${index}`,
      at: '2025-01-15T12:00:00Z',
      properties: { units: index },
    }));
    await client.post('usage', { events });
  }
};

interface Projection {
  readonly name: string;
  readonly rebuild: {
    readonly status: string;
    readonly events: string;
    readonly eventsPerSecond: number;
    readonly hashes: { live: string; rebuilt: string } | null;
  } | null;
}

const rebuild = async ({ client }: Stack, name: string): Promise<number> => {
  await client.post(`projections/${name}/rebuild`, { compare: true });
  for (;;) {
    const found = (await client.get<Projection[]>('projections')).find(
      (projection) => projection.name === name,
    )!.rebuild!;
    if (found.status === 'failed') throw new Error(`The rebuild of ${name} failed.`);
    if (found.status === 'completed') {
      if (found.hashes?.live !== found.hashes?.rebuilt) throw new Error(`${name} came out different.`);
      return found.eventsPerSecond;
    }
    await sleep(50);
  }
};

const bareRead = async ({ eventStoreUrl }: Stack): Promise<number> => {
  const log = new EventStoreDbLog(eventStoreUrl);
  try {
    const begun = performance.now();
    let events = 0;
    for await (const _ of log.readAll({ filter: { streamPrefixes: [''] } })) events += 1;
    return (events * 1000) / (performance.now() - begun);
  } finally {
    await log.dispose();
  }
};
