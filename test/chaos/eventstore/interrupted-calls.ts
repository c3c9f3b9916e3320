/** Chaos: a small run, once for each of its writes and flushes, in which that very call kills the store, fails, or finds no room. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDbLog } from '#event-store';
import { LmdbStorage } from '../../../packages/eventstore/src/storage/lmdb-storage.js';
import { fileOf } from '../../../packages/eventstore/src/storage/tables.js';
import { checkAll, type Found, isRight, Journal, told } from './journal.js';
import { IMPATIENT } from './kills.js';
import { type Ended, StoreProcess } from './store-process.js';
import { readStored } from './stored.js';
import { hasTool } from './tools.js';

/** How LMDB writes and flushes; strace counts each of them by itself. */
const CALLS = ['pwrite64', 'writev', 'fdatasync'];
const WRITERS = 3;
const EVENTS_EACH = 6;
/** More calls than a small run makes. */
const NEVER = 10_000;

interface Fault {
  readonly name: string;
  readonly injection: string;
  /** A signal is not delivered from a seccomp stop. */
  readonly options: readonly string[];
  readonly isExpected: (ended: Ended) => boolean;
}

/** It says why it stops. LMDB itself falls over some failures; then the process is gone, which is as good. */
const failsWith = (error: string, line: RegExp): Fault => ({
  name: error,
  injection: `error=${error}`,
  options: ['--seccomp-bpf'],
  isExpected: ({ code, signal, failure }) =>
    signal !== null || (code === 1 && failure !== undefined && line.test(failure)),
});

const FAULTS: readonly Fault[] = [
  { name: 'SIGKILL', injection: 'signal=SIGKILL', options: [], isExpected: ({ signal }) => signal === 'SIGKILL' },
  failsWith('EIO', /failed: Input\/output error/u),
  failsWith('ENOSPC', /^Disk full/u),
];

interface Run {
  readonly ended: Ended;
  readonly acknowledged: number;
  readonly found: Found;
  /** Whether the store is in order, and takes the next append. */
  readonly isUsable: boolean;
}

export const interruptCalls = async (): Promise<boolean> => {
  if (!hasTool('strace', 'strace')) {
    console.log('calls: SKIPPED, because there is no strace and it could not be installed');
    return true;
  }
  const probe = await interrupt(FAULTS[0]!, 'fdatasync', NEVER);
  if (probe.ended.code !== 0) {
    console.log('calls: SKIPPED, because strace may not trace here');
    return true;
  }
  let isWell = true;
  for (const fault of FAULTS) for (const call of CALLS) isWell = (await interruptEach(fault, call)) && isWell;
  return isWell;
};

/** Until the run ends before the call is made so often. */
const interruptEach = async (fault: Fault, call: string): Promise<boolean> => {
  const total: Found = { lost: 0, doubled: 0, torn: 0, foreign: 0 };
  let [runs, acknowledged, unusable, unexpected, fallen] = [0, 0, 0, 0, 0];
  for (let occurrence = 1; ; occurrence++) {
    const run = await interrupt(fault, call, occurrence);
    if (run.ended.code === 0) break;
    runs++;
    acknowledged += run.acknowledged;
    for (const key of ['lost', 'doubled', 'torn', 'foreign'] as const) total[key] += run.found[key];
    if (!run.isUsable) unusable++;
    if (run.ended.signal !== null && run.ended.signal !== 'SIGKILL') fallen++;
    if (!fault.isExpected(run.ended)) {
      unexpected++;
      console.log(`  ${fault.name} at ${call} ${occurrence} ended it otherwise: ${JSON.stringify(run.ended)}`);
    }
  }
  const where = `calls: ${fault.name} at each of ${runs} ${call}`;
  console.log(`${where}, ${acknowledged} events acknowledged: ${told(total)}, unusable after it ${unusable}`);
  if (fallen > 0) console.log(`  ${fallen} of them ended within LMDB by a signal, before or after the store said why`);
  return runs > 0 && isRight(total) && unusable + unexpected === 0;
};

const interrupt = async (fault: Fault, call: string, occurrence: number): Promise<Run> => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-chaos-'));
  const traced = ['-f', '-qq', '-o', '/dev/null', '-P', fileOf(folder), '-e', `trace=${CALLS.join(',')}`];
  const injected = ['-e', `inject=${call}:${fault.injection}:when=${occurrence}`];
  const store = new StoreProcess(folder, 0, ['strace', ...fault.options, ...traced, ...injected]);
  const journals = Array.from({ length: WRITERS }, (_, writer) => new Journal(`writer-${writer}`, writer > 0));
  const port = await store.port;
  if (port !== undefined) await write(port, journals, store.ended);
  const ended = await store.stop();
  const stored = await readStored(folder);
  const isUsable = stored.isInOrder && (await takesMore(folder));
  rmSync(folder, { recursive: true });
  const acknowledged = journals.reduce((sum, journal) => sum + journal.acknowledged, 0);
  return { ended, acknowledged, found: checkAll(journals, stored.streams), isUsable };
};

const write = async (port: number, journals: readonly Journal[], ended: Promise<unknown>): Promise<void> => {
  const log = new EventStoreDbLog(`esdb://127.0.0.1:${port}?tls=false`, IMPATIENT);
  let isOver = false;
  void ended.then(() => (isOver = true));
  await Promise.all(journals.map((journal) => journal.write(log, () => isOver || journal.acknowledged >= EVENTS_EACH)));
  await log.dispose();
};

const takesMore = async (folder: string): Promise<boolean> => {
  const storage = LmdbStorage.open(folder);
  const { head } = storage;
  storage.transaction(() => {
    storage.put({ stream: 'more', revision: 0, position: head + 1, record: Buffer.from('more') });
  });
  const isTaken = storage.head === head + 1 && storage.lastRevision('more') === 0;
  await storage.close();
  return isTaken;
};
