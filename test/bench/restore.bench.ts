import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import { EventStoreDbLog } from '#event-store';
import type { TenantId } from '#kernel';
import { createPool } from '#postgres';
import { Stack } from '../trace/stack.js';
import { ServedStore } from './eventstore/served-store.js';
import { builds } from './in-turn.js';
import { between, NO_TIME, PARTS, processorTimeOf, total, type ProcessorTime } from './processor-time.js';
import { METER } from '../e2e/samples.js';
import { PLAN, writeHistory, type History } from './restore/history.js';

const ACCOUNTS = Number(process.env['BENCH_ACCOUNTS'] ?? 4_000);
/** An empty server that the log is moved to, instead of embedded stores: one build can be measured on it. */
const TARGET = process.env['BENCH_TARGET'];
const LOOK_MILLISECONDS = 100;

/**
 * A log on its way to another event store, and everything back from there with an empty database: export, import, all projections, verification. Each
 * in events a second, beside a bare read of the same log.
 */
export const benchRestore = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-bench-'));
  const file = join(folder, 'export');
  const source = await Stack.start();
  try {
    const tenantId = await prepare(source);
    await source.end();
    const data = join(source.folder, 'data');
    const history = await exported(data, tenantId, file);
    const reports: string[] = [];
    for (const { build, built } of builds()) reports.push(await restore({ build, built, data, file, history }));
    if (new Set(reports).size > 1) throw new Error('The builds tell different reports of one log.');
  } finally {
    await source.stop();
    rmSync(folder, { recursive: true });
  }
};

const prepare = async ({ client }: Stack): Promise<TenantId> => {
  await client.put('settings/billing', { billing: 'manual' });
  await client.post('meters', METER);
  await client.post('plans', PLAN);
  return (await client.get<{ id: TenantId }>('tenant')).id;
};

const exported = async (data: string, tenantId: TenantId, file: string): Promise<History> => {
  const store = await ServedStore.start(join(data, 'eventstore'));
  try {
    const begun = performance.now();
    const history = await writeHistory({ eventStoreUrl: store.url, data, tenantId }, ACCOUNTS);
    console.log(`restore, ${ACCOUNTS.toLocaleString('en')} accounts, written in ${seconds(begun)} s`);
    const { events, ...rest } = await timed(() => operate('export', '--from', store.url, '--export', file), store.pid);
    tell('export', events, rest);
    return history;
  } finally {
    await store.stop();
  }
};

interface Side {
  readonly build: string;
  readonly built: string | undefined;
  readonly data: string;
  readonly file: string;
  readonly history: History;
}

/** Answers what its reports tell. */
const restore = async ({ build, built, data, file, history }: Side): Promise<string> => {
  const store = TARGET === undefined ? await ServedStore.start() : undefined;
  const url = TARGET ?? store!.url;
  try {
    console.log(`${build}, to ${TARGET ?? 'an embedded store'}`);
    const imported = await timed(() => operate('import', '--to', url, '--import', file, built), store?.pid);
    tell('import', imported.events, imported);
    const bare = await timed(() => bareRead(url), store?.pid);
    tell('bare read', bare.events, bare);
    const stack = await Stack.restored(data, url, built);
    try {
      await caughtUp(stack, store, bare);
      await verified(stack, store, bare.events);
      const reports = await reportsOf(stack, history);
      await nothingChanged(url, file, bare.events);
      return reports;
    } finally {
      await stack.stop();
    }
  } finally {
    await store?.remove();
  }
};

interface Done {
  readonly events: number;
  /** Of whoever did it, in microseconds. */
  readonly processor?: number;
}

interface Timed extends Done {
  readonly seconds: number;
  readonly store: number;
}

const timed = async <One extends Done>(work: () => Promise<One>, store: number | undefined): Promise<One & Timed> => {
  const storeOf = () => (store === undefined ? 0 : total(processorTimeOf(store) ?? NO_TIME));
  const before = storeOf();
  const begun = performance.now();
  const done = await work();
  return { ...done, seconds: (performance.now() - begun) / 1000, store: storeOf() - before };
};

const tell = (what: string, events: number, { seconds: took, processor = 0, store }: Omit<Timed, 'events'>): void => {
  const each = (time: number) => `${Math.round(time / events)} µs`;
  console.log(`  ${what}: ${rateOf(events, took)}`);
  console.log(`    processor time an event: ${each(processor)}, of its event store ${each(store)}`);
};

const seconds = (begun: number): number => Math.round((performance.now() - begun) / 100) / 10;

const BUILT = fileURLToPath(new URL('../../', import.meta.url));

/** An export or import by the command line of a build. */
const operate = async (kind: 'export' | 'import', ...given: readonly (string | undefined)[]): Promise<Done> => {
  const [place, url, operation, file, built = BUILT] = given as [string, string, string, string, string?];
  const main = join(built, 'packages/eventstore/src/main.js');
  const running = promisify(execFile)(process.execPath, ['--enable-source-maps', main, place, url, operation, file]);
  const pid = running.child.pid!;
  let processor = 0;
  const looking = setInterval(() => (processor = total(processorTimeOf(pid) ?? NO_TIME) || processor), 50);
  const { stdout, stderr } = await running.finally(() => clearInterval(looking));
  const [, count] = new RegExp(`(\\d+) events ${kind}ed`, 'u').exec(stdout + stderr) ?? [];
  if (count === undefined) throw new Error(`The ${kind} said: ${stdout}${stderr}`);
  return { events: Number(count), processor };
};

interface BareRead extends Done {
  readonly last: bigint;
}

const bareRead = async (url: string): Promise<BareRead> => {
  const log = new EventStoreDbLog(url);
  const before = process.cpuUsage();
  let [events, last] = [0, 0n];
  try {
    for await (const { position } of log.readAll({ filter: { streamPrefixes: DOMAIN_STREAM_PREFIXES } })) {
      events += 1;
      last = position;
    }
  } finally {
    await log.dispose();
  }
  const { user, system } = process.cpuUsage(before);
  return { events, last, processor: user + system };
};

/** From wherever it is once the server is up: what came before is part of a start. */
const caughtUp = async (stack: Stack, store: ServedStore | undefined, { events, last }: BareRead): Promise<void> => {
  const pool = createPool(stack.databaseUrl, { role: 'owner', max: 1 });
  const position = async () =>
    (await pool.query<{ position: bigint }>('SELECT coalesce(min(position), 0) AS position FROM ops.projections'))
      .rows[0]!.position;
  try {
    const from = await position();
    const rest = Math.round(events * (1 - Number(from) / Number(last)));
    const done = await measured(stack, store, async () => {
      while ((await position()) < last) await sleep(LOOK_MILLISECONDS);
    });
    tellParts('all projections from nothing', rest, done);
  } finally {
    await pool.end();
  }
};

interface Verification {
  readonly id: string;
  readonly status: string;
  readonly accounts: number;
  readonly differences: readonly unknown[];
}

const verified = async (stack: Stack, store: ServedStore | undefined, events: number): Promise<void> => {
  let resident = 0;
  const done = await measured(stack, store, async () => {
    const { id } = await stack.client.post<Verification>('audit/verifications', {});
    let verification: Verification;
    do {
      await sleep(LOOK_MILLISECONDS);
      verification = await stack.client.get<Verification>(`audit/verifications/${id}`);
      resident = Math.max(resident, residentMebibytes(stack.pid));
    } while (verification.status === 'running');
    const { status, accounts, differences } = verification;
    if (status !== 'completed' || accounts !== ACCOUNTS || differences.length > 0)
      throw new Error(`A verification of ${accounts} accounts: ${status}, ${JSON.stringify(differences.slice(0, 3))}`);
  });
  tellParts('verify', events, done);
  console.log(`    the server had up to ${resident} MiB`);
};

const residentMebibytes = (pid: number): number =>
  Math.round(Number(/^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);

interface Parts {
  readonly seconds: number;
  readonly time: ProcessorTime;
}

const measured = async (stack: Stack, store: ServedStore | undefined, work: () => Promise<void>): Promise<Parts> => {
  const time = (): ProcessorTime => {
    const own = processorTimeOf(stack.pid) ?? NO_TIME;
    return store ? { ...own, store: total(processorTimeOf(store.pid) ?? NO_TIME) } : own;
  };
  const before = time();
  const begun = performance.now();
  await work();
  return { seconds: (performance.now() - begun) / 1000, time: between(before, time()) };
};

const tellParts = (what: string, events: number, { seconds: took, time }: Parts): void => {
  const parts = PARTS.map((part) => `${part} ${Math.round(time[part] / events)}`).join(', ');
  console.log(`  ${what}: ${rateOf(events, took)}`);
  console.log(`    processor time an event: ${Math.round(total(time) / events)} µs (${parts})`);
};

const rateOf = (events: number, took: number): string =>
  `${Math.round(events / took).toLocaleString('en')} events/s (${events.toLocaleString('en')} in ${Math.round(took * 10) / 10} s)`;

/** Reports, of which those are known that follow from what was written. */
const reportsOf = async ({ client }: Stack, { accounts, billedMinor, paidMinor }: History): Promise<string> => {
  const [trialBalance, aging] = await Promise.all(
    ['trial-balance', 'ar-aging'].map((name) => client.get<unknown>(`reports/${name}`)),
  );
  const told = JSON.stringify({ trialBalance, aging });
  for (const minor of [billedMinor, paidMinor, billedMinor - paidMinor]) {
    const amount = `"${minor / 100n}.${String(minor % 100n).padStart(2, '0')}"`;
    if (!told.includes(amount)) throw new Error(`${amount} of ${accounts} accounts is in no report: ${told}`);
  }
  console.log('  reports: what was written');
  return told;
};

/** Loss check: the same events in the same order as were taken out, and none behind them. */
const nothingChanged = async (url: string, file: string, events: number): Promise<void> => {
  const again = `${file}-again`;
  await operate('export', '--from', url, '--export', again);
  const [one, two] = await Promise.all([digestOf(file), digestOf(again)]);
  rmSync(again);
  if (one !== two) throw new Error('The log that was imported is not the one that was exported.');
  console.log(`  loss check: ${events.toLocaleString('en')} events, each the same, in the same order; none was added`);
};

/** Without what a server says by itself: when it got an event. */
const digestOf = async (file: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity }))
    digest.update(line.replace(/"created":"[^"]*",?/u, '')).update('\n');
  return digest.digest('hex');
};
