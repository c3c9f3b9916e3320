import { setTimeout as sleep } from 'node:timers/promises';
import type { TestClient } from '../services/test-client.js';
import startPostgres from '../services/start-postgres.js';
import stopPostgres from '../services/stop-postgres.js';
import { TestRecount } from '../services/test-recount.js';
import { REACHES_THIS_MACHINE, WebhookReceiver, type Receiving } from '../services/webhook-receiver.js';
import { atATime } from './at-a-time.js';
import { percentile } from './rounds.js';

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 10_000);
const TENANTS = 5;
const ENDPOINTS_OF_A_TENANT = 20;
const DOWN_OF_A_TENANT = 4;
const IN_FLIGHT = 16;
const PATIENCE_MILLISECONDS = 120_000;

/** How an endpoint is down: it hangs, resets the connection, or answers an error. */
const DOWN: readonly Receiving[] = [
  () => undefined,
  (_, response) => void response.socket?.resetAndDestroy(),
  (_, response) => void response.writeHead(500).end(),
  () => undefined,
];

interface Message {
  readonly timestamp: string;
  readonly position: string;
}

interface Endpoint {
  readonly client: TestClient;
  readonly accountId: string;
  readonly path: string;
  readonly isDown: boolean;
}

/** Events to a hundred endpoints, each of one account, of which twenty are down: how long after an event the others have it, and whether each has all, in order. */
export const benchWebhooks = async (): Promise<void> => {
  await startPostgres();
  const receiver = await WebhookReceiver.start();
  const recount = await TestRecount.start({ webhooks: REACHES_THIS_MACHINE });
  try {
    const endpoints = await withEndpoints(recount, receiver);
    const clock = Date.now() - performance.now();
    const begun = performance.now();
    // Terms of 1, 2, 3 … days: each account hears how its own follow each other.
    const each = Math.floor(EVENTS / endpoints.length);
    for (let days = 1; days <= each; days++)
      await atATime(IN_FLIGHT, endpoints.length, async (index) => {
        const { client, accountId } = endpoints[index]!;
        await client.done('PATCH', `accounts/${accountId}`, { netTermsDays: (days % 365) + 1 });
      });
    const told = performance.now();
    const up = endpoints.filter(({ isDown }) => !isDown);
    const wanted = up.length * each;
    const arrived = (): number => up.reduce((sum, { path }) => sum + new Set(receiver.idsOf(path)).size, 0);
    while (arrived() < wanted && performance.now() - told < PATIENCE_MILLISECONDS) await sleep(100);
    const ended = performance.now();
    const lags = up.flatMap(({ path }) =>
      receiver.of(path).map(({ at, body }) => clock + at - Date.parse((JSON.parse(body) as Message).timestamp)),
    );
    const disordered = up.filter(({ path }) => {
      const positions = receiver.of(path).map(({ body }) => BigInt((JSON.parse(body) as Message).position));
      return positions.some((position, index) => index > 0 && position < positions[index - 1]!);
    });
    console.log(
      `webhooks, ${each * endpoints.length} events, ${endpoints.length - up.length} of ${endpoints.length} endpoints down`,
    );
    console.log(`  written in ${seconds(told - begun)} s; the last one came ${seconds(ended - told)} s later`);
    console.log(
      `  lag of those that are up: p50 ${seconds(percentile(lags, 0.5))} s, p99 ${seconds(percentile(lags, 0.99))} s`,
    );
    console.log(
      `  missing ${wanted - arrived()}, more than once ${lags.length - arrived()}, out of order ${disordered.length}`,
    );
    if (arrived() < wanted || disordered.length > 0) throw new Error('Some events did not come, or not in order.');
  } finally {
    await receiver.stop();
    await recount.stop();
    await stopPostgres();
  }
};

const withEndpoints = async (recount: TestRecount, receiver: WebhookReceiver): Promise<readonly Endpoint[]> => {
  const endpoints: Endpoint[] = [];
  for (let tenant = 0; tenant < TENANTS; tenant++) {
    const client = await recount.manualTenant();
    for (let index = 0; index < ENDPOINTS_OF_A_TENANT; index++) {
      const path = `/${tenant}-${index}`;
      const { id: accountId } = await client.create('accounts', { name: path, currency: 'USD' });
      const isDown = index < DOWN_OF_A_TENANT;
      if (isDown) receiver.behaviours.set(path, DOWN[index]!);
      await client.create('webhook-endpoints', {
        url: receiver.url(path),
        accountIds: [accountId],
        eventTypes: ['account.payment_terms_changed'],
      });
      endpoints.push({ client, accountId, path, isDown });
    }
  }
  return endpoints;
};

const seconds = (milliseconds: number): string => String(Math.round(milliseconds / 100) / 10);
