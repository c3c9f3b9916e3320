import { Stack } from '../trace/stack.js';
import { ask, nothingLost, withAccounts, type Subscribed } from './commands.bench.js';
import { builds } from './in-turn.js';
import { between, NO_TIME, processorTimeOf, total } from './processor-time.js';
import { median, percentile, print } from './rounds.js';
import { body, counted, projected, sendAll, withMeter } from './usage.bench.js';

const ROUNDS = 5;
const COMMANDS = 2_000;
const BATCHES = 30;
const BATCHES_IN_FLIGHT = 30;
const READINGS = 1_000;

/** An installation of one or two processes that take requests: the first has all other roles, too. */
interface Side {
  readonly title: string;
  readonly stack: Stack;
  /** Of the processes that take requests. */
  readonly urls: readonly string[];
  readonly pids: readonly number[];
  readonly rates: number[];
  readonly latencies: number[];
  /** Of an operation, by what used it, in microseconds. */
  readonly times: Readonly<Record<Part, number>>[];
}

const PARTS = ['first', 'second', 'store', 'postgres'] as const;
type Part = (typeof PARTS)[number];

interface Work {
  readonly unit: string;
  readonly prepare: (stack: Stack) => Promise<void>;
  /** Answers how much it was; latencies are of each request. */
  readonly round: (side: Side, round: number) => Promise<number>;
  readonly settled: (stack: Stack) => Promise<void>;
  readonly check: (stack: Stack) => Promise<void>;
}

/**
 * The same work at an installation with one `api` process, and at one with two that take turns, as behind a balancer: requests for one account, and usage
 * of one tenant, meet at both.
 */
export const benchProcesses = async (): Promise<void> => {
  await beside('commands', commands());
  await beside('usage of one tenant', usage());
};

const beside = async (title: string, work: Work): Promise<void> => {
  const sides: Side[] = [];
  try {
    for (const { build, built } of builds())
      for (const processes of [1, 2] as const)
        sides.push(await started(`${title} at ${processes} of ${build}`, built, processes));
    for (const { stack } of sides) await work.prepare(stack);
    for (let round = 0; round < ROUNDS; round++) for (const side of sides) await measure(side, work, round);
    for (const [index, side] of sides.entries()) {
      tell(side, work.unit);
      if (side.urls.length > 1)
        console.log(`  two beside one: ${hundredths(median(side.rates) / median(sides[index - 1]!.rates))}`);
      await work.check(side.stack);
    }
  } finally {
    for (const { stack } of sides) await stack.stop();
  }
};

const started = async (title: string, built: string | undefined, processes: 1 | 2): Promise<Side> => {
  const stack = await Stack.start(built);
  const other = processes === 2 ? [await stack.another('api')] : [];
  return {
    title,
    stack,
    urls: [stack.url, ...other.map(({ url }) => url)],
    pids: [stack.pid, ...other.map(({ pid }) => pid)],
    rates: [],
    latencies: [],
    times: [],
  };
};

const measure = async (side: Side, work: Work, round: number): Promise<void> => {
  const { stack, pids, rates, times } = side;
  const before = pids.map(processorTimeOf);
  const begun = performance.now();
  const count = await work.round(side, round);
  rates.push((count * 1000) / (performance.now() - begun));
  await work.settled(stack);
  const [first, second = NO_TIME] = pids.map((pid, index) =>
    between(before[index] ?? NO_TIME, processorTimeOf(pid) ?? NO_TIME),
  );
  times.push({
    first: (first!.server + first!.threads) / count,
    second: total(second) / count,
    store: first!.store / count,
    postgres: first!.postgres / count,
  });
};

const tell = ({ title, rates, latencies, times }: Side, unit: string): void => {
  print({ title, unit: `${unit}/s`, rates });
  const all = median(times.map((time) => PARTS.reduce((sum, part) => sum + time[part], 0)));
  const parts = PARTS.map((part) => `${part} ${Math.round(median(times.map((time) => time[part])))}`).join(', ');
  console.log(`  processor time, median: ${Math.round(all)} µs (${parts})`);
  const [p50, p99] = [0.5, 0.99].map((share) => Math.round(percentile(latencies, share)));
  console.log(`  p50 / p99 of a request: ${p50} / ${p99} ms`);
};

const commands = (): Work => {
  const accounts = new Map<Stack, readonly string[]>();
  const subscriptions = new Map<Stack, Set<string>>();
  const last = new Map<Stack, string>();
  return {
    unit: 'commands',
    prepare: async (stack) => {
      accounts.set(stack, await withAccounts(stack));
      subscriptions.set(stack, new Set());
    },
    round: async ({ stack, urls, latencies }) => {
      await ask(urls, stack.key, accounts.get(stack)!, COMMANDS, (answer, took) => {
        latencies.push(took);
        const { id, log } = JSON.parse(answer) as Subscribed;
        subscriptions.get(stack)!.add(id);
        last.set(stack, log.position);
      });
      return COMMANDS;
    },
    settled: async (stack) => {
      await stack.client.get('subscriptions?limit=1', { headers: { 'recount-consistent-with': last.get(stack)! } });
    },
    check: (stack) => nothingLost(stack, subscriptions.get(stack)!),
  };
};

const usage = (): Work => {
  const sent = new Map<Stack, { count: number; position: bigint }>();
  return {
    unit: 'readings',
    prepare: async (stack) => {
      await withMeter(stack, READINGS);
      sent.set(stack, { count: 0, position: 0n });
    },
    round: async ({ stack, urls, latencies }, round) => {
      const bodies = Array.from({ length: BATCHES }, (_, batch) => body(`${round}-${batch}`, READINGS));
      const own = sent.get(stack)!;
      for (const { milliseconds, position } of await sendAll(stack, urls, bodies, BATCHES_IN_FLIGHT)) {
        latencies.push(milliseconds);
        if (position > own.position) own.position = position;
      }
      own.count += BATCHES * READINGS;
      return BATCHES * READINGS;
    },
    settled: (stack) => projected(stack, sent.get(stack)!.position),
    check: (stack) => counted(stack, READINGS, sent.get(stack)!.count),
  };
};

const hundredths = (ratio: number): number => Math.round(ratio * 100) / 100;
