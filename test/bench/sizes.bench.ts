import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDbLog } from '#event-store';
import { createPool, type Pool } from '#postgres';
import { METER } from '../e2e/samples.js';
import { bill } from '../trace/billing.js';
import { Stack } from '../trace/stack.js';
import { atATime } from './at-a-time.js';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 1_000);
const BATCHES = 20;
const READINGS = 1_000;
const BLOCK_BYTES = 512;
const IN_FLIGHT = 16;

/** What one of each takes on the disk, in the log and in PostgreSQL. */
export const benchSizes = async (): Promise<void> => {
  const stack = await Stack.start();
  const pool = createPool(stack.databaseUrl, { role: 'owner', max: 1 });
  try {
    await prepare(stack);
    const measure = (title: string, count: number, make: () => Promise<unknown>) =>
      measured({ stack, pool }, title, count, make);
    console.log(columns('', 'events', 'text', 'log', 'read models', 'operations'));
    await measure('account', ACCOUNTS, () => each(ACCOUNTS, (index) => openAccount(stack, index)));
    await measure('subscription', ACCOUNTS, () => each(ACCOUNTS, (index) => subscribe(stack, index)));
    await measure('reading, 1,000 of one account a request', BATCHES * READINGS, () =>
      each(BATCHES, (batch) => send(stack, `one-${batch}`, () => batch)),
    );
    await measure(`reading, 1,000 of ${Math.min(ACCOUNTS, READINGS)} accounts a request`, BATCHES * READINGS, () =>
      each(BATCHES, (batch) => send(stack, `all-${batch}`, (index) => index % ACCOUNTS)),
    );
    await measure('invoice of two lines', ACCOUNTS, () => bill(stack, '2025-02-01T00:00:00Z'));
    await measure('payment', ACCOUNTS, () => each(ACCOUNTS, (index) => pay(stack, index)));
  } finally {
    await pool.end();
    await stack.stop();
  }
};

interface Places {
  readonly stack: Stack;
  readonly pool: Pool;
}

interface Sizes {
  readonly events: number;
  readonly text: number;
  readonly log: number;
  readonly read: number;
  readonly operations: number;
}

const measured = async (places: Places, title: string, count: number, make: () => Promise<unknown>): Promise<void> => {
  const before = await sizes(places);
  await make();
  const after = await sizes(places);
  const events = (after.events - before.events) / count;
  const bytes = (['text', 'log', 'read', 'operations'] as const).map((part) =>
    Math.round((after[part] - before[part]) / count).toLocaleString('en'),
  );
  console.log(columns(title, events.toLocaleString('en', { maximumFractionDigits: 3 }), ...bytes));
};

const columns = (title: string, ...figures: readonly string[]): string =>
  title.padEnd(50) + figures.map((figure) => figure.padStart(13)).join('');

const sizes = async ({ stack, pool }: Places): Promise<Sizes> => {
  await caughtUp(stack);
  const { rows } = await pool.query<{ read: string; operations: string }>(`
    SELECT coalesce(sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname <> 'ops'), 0) AS read,
           coalesce(sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'ops'), 0) AS operations
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`);
  const { read, operations } = rows[0]!;
  return {
    ...(await textOf(stack)),
    log: onDisk(join(stack.folder, 'data', 'eventstore')),
    read: Number(read),
    operations: Number(operations),
  };
};

/** JSON of all events with their metadata, as it was handed to the log. */
const textOf = async ({ eventStoreUrl }: Stack): Promise<{ readonly events: number; readonly text: number }> => {
  const log = new EventStoreDbLog(eventStoreUrl);
  let [events, text] = [0, 0];
  try {
    for await (const { data, metadata } of log.readAll({ filter: { streamPrefixes: [''] } })) {
      events += 1;
      text += JSON.stringify(data).length + JSON.stringify(metadata).length;
    }
  } finally {
    await log.dispose();
  }
  return { events, text };
};

const onDisk = (folder: string): number =>
  readdirSync(folder)
    .map((name) => statSync(join(folder, name)).blocks * BLOCK_BYTES)
    .reduce((sum, bytes) => sum + bytes, 0);

/** Until every projection knows all of it, twice in a row: reactors may still have added to the log. */
const caughtUp = async ({ client }: Stack): Promise<void> => {
  for (let calm = 0; calm < 3; await sleep(500)) {
    const { details } = await client.get<{ details: Record<string, { lagPositions?: string }> }>('../health/ready');
    const isCalm = Object.values(details).every(({ lagPositions = '0' }) => lagPositions === '0');
    calm = isCalm ? calm + 1 : 0;
  }
};

const prepare = async ({ client }: Stack): Promise<void> => {
  await client.put('settings/billing', { billing: 'manual', usageWindow: { pastDays: 36_500, futureHours: 1 } });
  await client.post('meters', METER);
  await client.post('plans', {
    key: 'sizes',
    name: 'Sizes',
    currency: 'USD',
    interval: { unit: 'month', count: 1 },
    charges: [
      { key: 'fee', name: 'Fee', kind: 'recurring', timing: 'in_arrears', price: { model: 'flat', amount: '20.00' } },
      {
        key: 'tokens',
        name: 'Tokens',
        kind: 'usage',
        timing: 'in_arrears',
        meter: 'tokens',
        price: { model: 'per_unit', unitAmount: '0.001' },
      },
    ],
  });
};

const openAccount = ({ client }: Stack, index: number): Promise<unknown> =>
  client.post('accounts', {
    externalId: `cust-${index}`,
    name: `Customer ${index}`,
    email: `customer-${index}@example.com`,
    currency: 'USD',
  });

const subscribe = ({ client }: Stack, index: number): Promise<unknown> =>
  client.post('subscriptions', {
    accountId: `external:cust-${index}`,
    plan: 'sizes',
    startAt: '2025-01-01T00:00:00Z',
  });

const send = ({ client }: Stack, name: string, accountOf: (index: number) => number): Promise<unknown> =>
  client.post('usage', {
    events: Array.from({ length: READINGS }, (_, index) => ({
      id: `${name}-${index}`,
      event: 'llm_request',
      accountId: `external:cust-${accountOf(index)}`,
      at: `2025-01-${String(1 + (index % 28)).padStart(2, '0')}T10:30:00.123Z`,
      properties: { tokens: 100 + index, model: 'large', region: 'eu-central-1' },
    })),
  });

const pay = ({ client }: Stack, index: number): Promise<unknown> =>
  client.post(`accounts/external:cust-${index}/payments`, {
    amount: { amount: '20.00', currency: 'USD' },
    receivedOn: '2025-02-10',
  });

/** Several at a time. */
const each = (count: number, act: (index: number) => Promise<unknown>): Promise<void> => atATime(IN_FLIGHT, count, act);
