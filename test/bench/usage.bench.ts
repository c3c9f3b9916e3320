import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { METER } from '../e2e/samples.js';
import type { Stack } from '../trace/stack.js';
import { atATime } from './at-a-time.js';
import { inTurn, type Work } from './in-turn.js';
import { RawClient } from './raw-client.js';
import { percentile } from './rounds.js';

const ROUNDS = 5;
const BATCHES = 40;
const READINGS = 1_000;
const IN_FLIGHT = 8;

/** Batches of 1,000 readings: HTTP → durable in the log → 200, for few and for many accounts a batch. */
export const benchUsage = async (): Promise<void> => {
  for (const accounts of [50, READINGS]) {
    await inTurn({ title: `usage, ${accounts} accounts a batch`, unit: 'readings', rounds: ROUNDS }, (stack) =>
      sending(stack, accounts),
    );
    const bodies = Array.from({ length: 50 }, (_, batch) => body(`bare-${batch}`, accounts));
    console.log(
      `  ceiling, JSON.parse, schema check, fdatasync: ${Math.round(bareRate(bodies)).toLocaleString('en')} /s`,
    );
  }
};

const sending = async (stack: Stack, accounts: number): Promise<Work> => {
  await withMeter(stack, accounts);
  const latencies: number[] = [];
  let sent = 0;
  let last = 0n;
  return {
    round: async (round) => {
      const bodies = Array.from({ length: BATCHES }, (_, batch) => body(`${round}-${batch}`, accounts));
      const answers = await sendAll(stack, [stack.url], bodies);
      for (const { milliseconds, position } of answers) {
        latencies.push(milliseconds);
        if (position > last) last = position;
      }
      sent += BATCHES * READINGS;
      return BATCHES * READINGS;
    },
    settled: () => projected(stack, last),
    check: async () => {
      console.log(`  p99 of a batch: ${Math.round(percentile(latencies, 0.99))} ms`);
      await counted(stack, accounts, sent);
    },
  };
};

/** A tenant with so many accounts whose usage is counted. */
export const withMeter = async (stack: Stack, accounts: number): Promise<void> => {
  const { client } = stack;
  await client.put('settings/billing', { billing: 'manual', usageWindow: { pastDays: 36_500, futureHours: 1 } });
  await client.post('meters', METER);
  await openAccounts(stack, accounts);
};

const openAccounts = ({ client }: Stack, count: number): Promise<void> =>
  atATime(16, count, (index) =>
    client.post('accounts', { externalId: `cust-${index}`, name: `Customer ${index}`, currency: 'USD' }),
  );

export const body = (name: string, accounts: number): string =>
  JSON.stringify({
    events: Array.from({ length: READINGS }, (_, index) => ({
      id: `${name}-${index}`,
      event: 'llm_request',
      accountId: `external:cust-${index % accounts}`,
      at: `2026-01-${String(1 + (index % 28)).padStart(2, '0')}T10:30:00.123Z`,
      properties: { tokens: 100 + index, model: 'large', region: 'eu-central-1', request: `${name}-${index}-payload` },
    })),
  });

export interface Sent {
  readonly milliseconds: number;
  readonly position: bigint;
}

/** To each of the processes in turn. */
export const sendAll = async (
  { key }: Stack,
  urls: readonly string[],
  bodies: readonly string[],
  inFlight = IN_FLIGHT,
): Promise<Sent[]> => {
  const waiting = [...bodies];
  const sent: Sent[] = [];
  const sending = Array.from({ length: inFlight }, async (_, index) => {
    const client = await RawClient.open(urls[index % urls.length]!, key);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const begun = performance.now();
      let { status, body: answer } = await client.post('usage', next);
      // Nobody knew what became of it: sent again, what was recorded is a duplicate.
      const isRepeated = status === 503;
      while (status === 503) ({ status, body: answer } = await client.post('usage', next));
      const milliseconds = performance.now() - begun;
      const [, position] = /"position":"(\d+)"/u.exec(answer) ?? [];
      if (
        status !== 200 ||
        (!isRepeated && answer.includes('"status":"duplicate"')) ||
        answer.includes('"status":"rejected"')
      )
        throw new Error(`Readings were not accepted: ${status} ${answer.slice(0, 200)}`);
      sent.push({ milliseconds, position: BigInt(position!) });
    }
    client.close();
  });
  await Promise.all(sending);
  return sent;
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

/** Until what was sent last can be asked for. */
export const projected = async ({ client }: Stack, position: bigint): Promise<void> => {
  const path = 'accounts/external:cust-0/usage?meter=tokens&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';
  await client.get(path, { headers: { 'recount-consistent-with': String(position) } });
};

const countOf = async ({ client }: Stack, index: number): Promise<number> => {
  const report = await client.get<{ data: { count: number }[] }>(
    `accounts/external:cust-${index}/usage?meter=tokens&from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z`,
  );
  return report.data[0]?.count ?? 0;
};

/** Loss check: every acknowledged reading is in the read model, once. */
export const counted = async (stack: Stack, accounts: number, sent: number): Promise<void> => {
  let count = 0;
  for (let index = 0; index < accounts; index++) count += await countOf(stack, index);
  if (count !== sent) throw new Error(`${sent} readings were acknowledged, ${count} are counted.`);
  console.log(`  loss check: ${sent.toLocaleString('en')} acknowledged, each counted once`);
};
