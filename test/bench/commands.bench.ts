import { randomUUID } from 'node:crypto';
import { EventStoreDbLog } from '#event-store';
import type { Stack } from '../trace/stack.js';
import { inTurn, type Work } from './in-turn.js';
import { RawClient } from './raw-client.js';
import { percentile } from './rounds.js';

const ROUNDS = 5;
const COMMANDS = 3_000;
const APPENDS = 20_000;
const IN_FLIGHT = 64;
const ACCOUNTS = 1_000;

interface Subscribed {
  readonly id: string;
}

/** A command with one durable event by REST, each with a key of its own: HTTP → durable in the log → 201. */
export const benchCommands = (): Promise<void> =>
  inTurn({ title: `commands, ${IN_FLIGHT} in flight`, unit: 'commands', rounds: ROUNDS }, async (stack) => {
    const accounts = await withAccounts(stack);
    const ceiling = await bareRate(stack);
    const latencies: number[] = [];
    const subscriptions = new Set<string>();
    let position = '0';
    const subscribe = async (client: RawClient, index: number): Promise<void> => {
      const accountId = accounts[index % accounts.length];
      const begun = performance.now();
      const body = JSON.stringify({ accountId, plan: 'pro', activation: 'manual' });
      const answer = await client.post('subscriptions', body, `idempotency-key: ${randomUUID()}\r\n`);
      latencies.push(performance.now() - begun);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`);
      const { id, log } = JSON.parse(answer.body) as Subscribed & { readonly log: { readonly position: string } };
      subscriptions.add(id);
      if (BigInt(log.position) > BigInt(position)) position = log.position;
    };
    return {
      round: async () => {
        let next = 0;
        const asking = Array.from({ length: IN_FLIGHT }, async () => {
          const client = await RawClient.open(stack.url, stack.key);
          while (next < COMMANDS) await subscribe(client, next++);
          client.close();
        });
        await Promise.all(asking);
        return COMMANDS;
      },
      settled: async () => {
        await stack.client.get('subscriptions?limit=1', { headers: { 'recount-consistent-with': position } });
      },
      check: async () => {
        console.log(`  ceiling, single appends by the bare client: ${Math.round(ceiling)} /s`);
        console.log(`  p50 / p99 of a command: ${milliseconds(latencies, 0.5)} / ${milliseconds(latencies, 0.99)} ms`);
        await nothingLost(stack, subscriptions);
      },
    } satisfies Work;
  });

const milliseconds = (latencies: readonly number[], share: number): number => Math.round(percentile(latencies, share));

/** Accounts that can be given subscriptions to a plan. */
export const withAccounts = async ({ client }: Stack): Promise<readonly string[]> => {
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
  const found = await client.all<Subscribed>('subscriptions');
  const there = new Set(found.map(({ id }) => id));
  const lost = [...subscriptions].filter((id) => !there.has(id)).length;
  if (lost > 0 || found.length !== subscriptions.size)
    throw new Error(`${subscriptions.size} were answered, ${found.length} are there, ${lost} are lost.`);
  console.log(`  loss check: ${subscriptions.size.toLocaleString('en')} answered, each there once`);
};
