import { randomUUID } from 'node:crypto';
import { Stack } from '../trace/stack.js';
import { withAccounts } from './commands.bench.js';
import { RawClient } from './raw-client.js';
import { median, print } from './rounds.js';

const ROUNDS = 5;
const COMMANDS = 2_000;
const IN_FLIGHT = 64;

/**
 * Commands at one `api` process, and at two of one installation that take turns, as behind a balancer: requests for one account meet at both. Each
 * account's stream has one end, so what one process appended the other has to read first.
 */
export const benchProcesses = async (): Promise<void> => {
  const stack = await Stack.start();
  try {
    const other = await stack.another('api');
    const accounts = await withAccounts(stack);
    const alone: number[] = [];
    const both: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      alone.push(await rateAt(stack, accounts, [stack.url]));
      both.push(await rateAt(stack, accounts, [stack.url, other.url]));
    }
    print({ title: 'commands at one process', unit: 'commands/s', rates: alone });
    print({ title: 'commands at two, taking turns', unit: 'commands/s', rates: both });
    console.log(`  two beside one: ${Math.round((median(both) / median(alone)) * 100) / 100}`);
  } finally {
    await stack.stop();
  }
};

const rateAt = async (stack: Stack, accounts: readonly string[], urls: readonly string[]): Promise<number> => {
  let next = 0;
  const begun = performance.now();
  const asking = Array.from({ length: IN_FLIGHT }, async () => {
    const clients = await Promise.all(urls.map((url) => RawClient.open(url, stack.key)));
    while (next < COMMANDS) {
      const index = next++;
      const body = JSON.stringify({ accountId: accounts[index % accounts.length], plan: 'pro', activation: 'manual' });
      const client = clients[Math.floor(index / accounts.length + index) % clients.length]!;
      const { status, body: answer } = await client.post('subscriptions', body, `idempotency-key: ${randomUUID()}\r\n`);
      if (status !== 201) throw new Error(`${status} ${answer}`);
    }
    for (const client of clients) client.close();
  });
  await Promise.all(asking);
  return (COMMANDS * 1000) / (performance.now() - begun);
};
