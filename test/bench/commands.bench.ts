import { randomUUID } from 'node:crypto';
import { EventStoreDbLog } from '#event-store';
import { Stack } from '../trace/stack.js';
import { percentile, print, rounds } from './rounds.js';

const ROUNDS = 3;
const COMMANDS = 6_000;
const APPENDS = 20_000;
const IN_FLIGHT = 64;
const ACCOUNTS = 1_000;

interface Subscribed {
  readonly id: string;
}

/** A command with one durable event by REST, each with a key of its own: HTTP → durable in the log → 201. */
export const benchCommands = async (): Promise<void> => {
  const stack = await Stack.start();
  try {
    const accounts = await withAccounts(stack);
    const latencies: number[] = [];
    const subscriptions = new Set<string>();
    const subscribe = async (index: number): Promise<void> => {
      const accountId = accounts[index % accounts.length];
      const begun = performance.now();
      const { id } = await stack.client.post<Subscribed>(
        'subscriptions',
        { accountId, plan: 'pro', activation: 'manual' },
        { headers: { 'idempotency-key': randomUUID() } },
      );
      latencies.push(performance.now() - begun);
      subscriptions.add(id);
    };
    const ceiling = await bareRate(stack);
    const rates = await rounds(ROUNDS, async () => {
      await inFlight(COMMANDS, subscribe);
      return COMMANDS;
    });
    print({
      title: `commands, ${IN_FLIGHT} in flight`,
      unit: 'commands/s',
      rates,
      ceiling: { title: `bare client, ${IN_FLIGHT} single appends in flight`, rate: ceiling },
    });
    console.log(`  p50 / p99 of a command: ${milliseconds(latencies, 0.5)} / ${milliseconds(latencies, 0.99)} ms`);
    await nothingLost(stack, subscriptions);
  } finally {
    await stack.stop();
  }
};

const milliseconds = (latencies: readonly number[], share: number): number => Math.round(percentile(latencies, share));

const withAccounts = async ({ client }: Stack): Promise<readonly string[]> => {
  const plan = { key: 'pro', name: 'Pro', currency: 'USD', interval: { unit: 'month', count: 1 }, charges: [] };
  await client.put('settings/billing', { billing: 'manual' });
  await client.post('plans', plan);
  const ids: string[] = [];
  await inFlight(ACCOUNTS, async (index) => {
    const account = await client.post<{ id: string }>('accounts', { name: `Customer ${index}`, currency: 'USD' });
    ids.push(account.id);
  });
  return ids;
};

/** What the event store does with single events of the same size, and nothing else around it. */
const bareRate = async ({ eventStoreUrl }: Stack): Promise<number> => {
  const log = new EventStoreDbLog(eventStoreUrl);
  try {
    const begun = performance.now();
    await inFlight(APPENDS, (index) =>
      log
        .append(
          `bench-${index % ACCOUNTS}`,
          [{ id: randomUUID(), type: 'Bare', data: { text: 'x'.repeat(600) }, metadata: {} }],
          'any',
        )
        .then(() => undefined),
    );
    return (APPENDS * 1000) / (performance.now() - begun);
  } finally {
    await log.dispose();
  }
};

const inFlight = async (count: number, work: (index: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const workNext = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) await work(index);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, workNext));
};

/** Loss check: every subscription that was answered is in the read model, once. */
const nothingLost = async ({ client }: Stack, subscriptions: ReadonlySet<string>): Promise<void> => {
  const { log } = await client.post<{ log: { position: string } }>('meters', {
    key: 'last',
    name: 'Last',
    eventName: 'last',
    aggregation: 'count',
  });
  await client.get('subscriptions?limit=1', { headers: { 'recount-consistent-with': log.position } });
  const found = await client.all<Subscribed>('subscriptions');
  const there = new Set(found.map(({ id }) => id));
  const lost = [...subscriptions].filter((id) => !there.has(id)).length;
  if (lost > 0 || found.length !== subscriptions.size)
    throw new Error(`${subscriptions.size} were answered, ${found.length} are there, ${lost} are lost.`);
  console.log(`  loss check: ${subscriptions.size.toLocaleString('en')} answered, each there once`);
};
