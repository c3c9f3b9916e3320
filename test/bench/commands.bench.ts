import { randomUUID } from 'node:crypto';
import { EventStoreDbLog } from '#event-store';
import type { Stack } from '../trace/stack.js';
import { atATime } from './at-a-time.js';
import { inTurn, type Work } from './in-turn.js';
import { RawClient } from './raw-client.js';
import { EmmettPeer } from './peers/emmett-peer.js';
import { median, percentile, print } from './rounds.js';

const ROUNDS = 5;
const COMMANDS = 3_000;
const APPENDS = 20_000;
const IN_FLIGHT = 64;
const ACCOUNTS = 1_000;

export interface Subscribed {
  readonly id: string;
  readonly log: { readonly position: string };
}

/**
 * A command with one durable event by REST, each with a key of its own: HTTP → durable in the log → 201. With `--beside emmett`, Emmett's command
 * handler on the same PostgreSQL takes turns with it.
 */
export const benchCommands = (): Promise<void> =>
  inTurn({ title: `commands, ${IN_FLIGHT} in flight`, unit: 'commands', rounds: ROUNDS }, async (stack) => {
    const accounts = await withAccounts(stack);
    const ceiling = await bareRate(stack);
    const peer = isBesideEmmett() ? await EmmettPeer.start(stack) : null;
    const besides = { rates: [] as number[], times: [] as number[] };
    const latencies: number[] = [];
    const subscriptions = new Set<string>();
    let position = '0';
    return {
      prepare: async () => {
        if (peer === null) return;
        const before = peer.processorTime;
        const begun = performance.now();
        await ask([peer.url], stack.key, accounts, COMMANDS, () => undefined);
        besides.rates.push((COMMANDS * 1_000) / (performance.now() - begun));
        besides.times.push((peer.processorTime - before) / COMMANDS);
      },
      round: async () => {
        await ask([stack.url], stack.key, accounts, COMMANDS, (body, took) => {
          latencies.push(took);
          const { id, log } = JSON.parse(body) as Subscribed;
          subscriptions.add(id);
          if (BigInt(log.position) > BigInt(position)) position = log.position;
        });
        return COMMANDS;
      },
      settled: async () => {
        await stack.client.get('subscriptions?limit=1', { headers: { 'recount-consistent-with': position } });
      },
      check: async () => {
        console.log(`  ceiling, single appends by the bare client: ${Math.round(ceiling)} /s`);
        console.log(`  p50 / p99 of a command: ${milliseconds(latencies, 0.5)} / ${milliseconds(latencies, 0.99)} ms`);
        await nothingLost(stack, subscriptions);
        if (peer === null) return;
        print({ title: '  Emmett beside it', unit: 'commands/s', rates: besides.rates });
        console.log(
          `    processor time, median: ${Math.round(median(besides.times))} µs; ${await peer.count()} events`,
        );
        await peer.stop();
      },
    } satisfies Work;
  });

const isBesideEmmett = (): boolean =>
  process.argv.some((given, at, all) => given === 'emmett' && all[at - 1] === '--beside');

/** So many commands, each answered before its client sends the next; of several processes in turn, so that each account is asked for at all. */
export const ask = async (
  urls: readonly string[],
  key: string,
  accounts: readonly string[],
  commands: number,
  answered: (body: string, milliseconds: number) => void,
): Promise<void> => {
  let next = 0;
  const asking = Array.from({ length: IN_FLIGHT }, async () => {
    const clients = await Promise.all(urls.map((url) => RawClient.open(url, key)));
    while (next < commands) {
      const index = next++;
      const accountId = accounts[index % accounts.length];
      const client = clients[Math.floor(index / accounts.length + index) % clients.length]!;
      const body = JSON.stringify({ accountId, plan: 'pro', activation: 'manual' });
      const begun = performance.now();
      const answer = await client.post('subscriptions', body, `idempotency-key: ${randomUUID()}\r\n`);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`);
      answered(answer.body, performance.now() - begun);
    }
    for (const client of clients) client.close();
  });
  await Promise.all(asking);
};

const milliseconds = (latencies: readonly number[], share: number): number => Math.round(percentile(latencies, share));

/** Accounts that can be given subscriptions to a plan. */
export const withAccounts = async ({ client }: Stack): Promise<readonly string[]> => {
  const plan = { key: 'pro', name: 'Pro', currency: 'USD', interval: { unit: 'month', count: 1 }, charges: [] };
  await client.put('settings/billing', { billing: 'manual' });
  await client.post('plans', plan);
  const ids: string[] = [];
  await atATime(IN_FLIGHT, ACCOUNTS, async (index) => {
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
    await atATime(IN_FLIGHT, APPENDS, (index) =>
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

/** Loss check: every subscription that was answered is in the read model, once. */
export const nothingLost = async ({ client }: Stack, subscriptions: ReadonlySet<string>): Promise<void> => {
  const found = await client.all<Subscribed>('subscriptions');
  const there = new Set(found.map(({ id }) => id));
  const lost = [...subscriptions].filter((id) => !there.has(id)).length;
  if (lost > 0 || found.length !== subscriptions.size)
    throw new Error(`${subscriptions.size} were answered, ${found.length} are there, ${lost} are lost.`);
  console.log(`  loss check: ${subscriptions.size.toLocaleString('en')} answered, each there once`);
};
