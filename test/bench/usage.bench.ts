import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Stack } from '../trace/stack.js';
import { percentile, print, rounds } from './rounds.js';

const ROUNDS = 3;
const BATCHES = 100;
const READINGS = 1_000;
const IN_FLIGHT = 8;

/** Batches of 1,000 readings: HTTP → durable in the log → 200, for few and for many accounts a batch. */
export const benchUsage = async (): Promise<void> => {
  const stack = await Stack.start();
  try {
    const { client } = stack;
    await client.put('settings/billing', { billing: 'manual', usageWindow: { pastDays: 36_500, futureHours: 1 } });
    await client.post('meters', {
      key: 'tokens',
      name: 'Tokens',
      eventName: 'llm_request',
      aggregation: 'sum',
      valueProperty: 'tokens',
    });
    await openAccounts(stack, READINGS);
    let sent = 0;
    for (const accounts of [50, READINGS]) {
      const latencies: number[] = [];
      const batches = accounts === READINGS ? BATCHES / 4 : BATCHES;
      const rates = await rounds(ROUNDS, async (round) => {
        const bodies = Array.from({ length: batches }, (_, batch) => body(`${accounts}-${round}-${batch}`, accounts));
        latencies.push(...(await sendAll(stack, bodies)));
        sent += batches * READINGS;
        return batches * READINGS;
      });
      print({
        title: `usage, ${accounts} accounts a batch`,
        unit: 'readings/s',
        rates,
        ceiling: {
          title: 'JSON.parse, schema check, fdatasync',
          rate: bareRate(Array.from({ length: 50 }, (_, batch) => body(`bare-${batch}`, accounts))),
        },
      });
      console.log(`  p99 of a batch: ${Math.round(percentile(latencies, 0.99))} ms`);
    }
    await projected(stack, sent);
  } finally {
    await stack.stop();
  }
};

const openAccounts = async ({ client }: Stack, count: number): Promise<void> => {
  const indexes = Array.from({ length: count }, (_, index) => index);
  const openNext = async (): Promise<void> => {
    for (let index = indexes.pop(); index !== undefined; index = indexes.pop()) {
      await client.post('accounts', { externalId: `cust-${index}`, name: `Customer ${index}`, currency: 'USD' });
    }
  };
  await Promise.all(Array.from({ length: 16 }, openNext));
};

const body = (name: string, accounts: number): string =>
  JSON.stringify({
    events: Array.from({ length: READINGS }, (_, index) => ({
      id: `${name}-${index}`,
      event: 'llm_request',
      accountId: `external:cust-${index % accounts}`,
      at: `2026-01-${String(1 + (index % 28)).padStart(2, '0')}T10:30:00.123Z`,
      properties: { tokens: 100 + index, model: 'large', region: 'eu-central-1', request: `${name}-${index}-payload` },
    })),
  });

/** Milliseconds of each batch. */
const sendAll = async (stack: Stack, bodies: readonly string[]): Promise<number[]> => {
  const waiting = [...bodies];
  const latencies: number[] = [];
  const sendNext = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const begun = performance.now();
      const answer = await stack.client.postText<{ results: { status: string }[] }>('usage', next);
      latencies.push(performance.now() - begun);
      const lost = answer.results.filter(({ status }) => status !== 'accepted').length;
      if (lost > 0) throw new Error(`${lost} readings were not accepted.`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, sendNext));
  return latencies;
};

const schema = Compile(
  Type.Object({
    events: Type.Array(
      Type.Object({
        id: Type.String(),
        event: Type.String(),
        accountId: Type.String(),
        at: Type.String(),
        properties: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
      }),
    ),
  }),
);

/** What the machine does with the same bytes and nothing else around them. */
const bareRate = (bodies: readonly string[]): number => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-bench-'));
  const file = openSync(join(folder, 'bare'), 'w');
  const begun = performance.now();
  for (const text of bodies) {
    if (!schema.Check(JSON.parse(text))) throw new Error('The bare schema refuses the benchmark’s own body.');
    writeSync(file, text);
    fdatasyncSync(file);
  }
  const rate = (bodies.length * READINGS * 1000) / (performance.now() - begun);
  closeSync(file);
  rmSync(folder, { recursive: true });
  return rate;
};

/** Loss check: every acknowledged reading is in the read model, once. */
const projected = async ({ client }: Stack, sent: number): Promise<void> => {
  const begun = performance.now();
  for (;;) {
    let count = 0;
    for (let index = 0; index < READINGS; index++) {
      const report = await client.get<{ data: { count: number }[] }>(
        `accounts/external:cust-${index}/usage?meter=tokens&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z`,
      );
      count += report.data[0]?.count ?? 0;
    }
    if (count === sent) break;
    if (count > sent || performance.now() - begun > 120_000)
      throw new Error(`${sent} readings were acknowledged, ${count} are counted.`);
    await sleep(200);
  }
  console.log(`  loss check: ${sent.toLocaleString('en')} acknowledged, each counted once`);
};
