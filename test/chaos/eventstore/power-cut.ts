/**
 * Chaos: the power of the disk is cut. A file system on a loop device is shut down without flushing its journal or its pages,
 * and mounted again: what never reached the device is gone. The control answers without flushing, and must lose.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDbLog } from '#event-store';
import { readExport } from '../../../packages/eventstore/src/operations/export-file.js';
import { checkAll, type Found, isRight, Journal, told } from './journal.js';
import { IMPATIENT } from './kills.js';
import { runStore, StoreProcess } from './store-process.js';
import { hasTool, run } from './tools.js';

const CUTS = Number(process.env['CHAOS_CUTS'] ?? 10);
const CONTROLS = 3;
const WRITERS = 64;
const SHORTEST_LIFE_MS = 300;
const LONGEST_LIFE_MS = 1_500;
const MEBIBYTES = 256;
/** The kernel is told that nothing was asked of it, the store that all is flushed. */
const WITHOUT_FLUSH = [
  'strace',
  '-f',
  '-qq',
  '--seccomp-bpf',
  '-o',
  '/dev/null',
  '-e',
  'trace=fdatasync,fsync,msync',
].concat(['-e', 'inject=fdatasync,fsync,msync:retval=0']);

/** A file system that can lose its power. */
class Disk {
  readonly folder: string;
  private readonly image: string;

  constructor(private readonly place: string) {
    this.image = join(place, 'image');
    this.folder = join(place, 'disk');
    mkdirSync(this.folder);
  }

  create(): boolean {
    return (
      run('truncate', '-s', `${MEBIBYTES}M`, this.image) === 0 &&
      run('mkfs.ext4', '-q', this.image) === 0 &&
      this.mount()
    );
  }

  mount(): boolean {
    return run('mount', '-o', 'loop', this.image, this.folder) === 0;
  }

  cut(): void {
    if (run('xfs_io', '-x', '-c', 'shutdown', this.folder) !== 0) throw new Error('The disk could not be cut off.');
  }

  unmount(): void {
    if (run('umount', this.folder) !== 0) throw new Error(`${this.folder} could not be unmounted.`);
  }

  remove(): void {
    run('umount', this.folder);
    rmSync(this.place, { recursive: true });
  }
}

export const cutPower = async (): Promise<boolean> => {
  const skip = (reason: string): boolean => {
    console.log(`power: SKIPPED, because ${reason}`);
    return true;
  };
  if (process.getuid?.() !== 0) return skip('only root may mount a file system');
  if (!hasTool('xfs_io', 'xfsprogs')) return skip('there is no xfs_io and it could not be installed');
  if (!hasTool('mkfs.ext4', 'e2fsprogs')) return skip('there is no mkfs.ext4 and it could not be installed');
  const probe = new Disk(mkdtempSync(join(tmpdir(), 'recount-chaos-')));
  const isPermitted = probe.create();
  probe.remove();
  if (!isPermitted) return skip('loop mounts are not permitted');
  const cuts = await repeat(CUTS, 'power', []);
  const isWell = isRight(cuts.found) && cuts.unreadable === 0 && cuts.acknowledged > 0;
  if (!hasTool('strace', 'strace')) {
    console.log('power: the control is SKIPPED, because there is no strace and it could not be installed');
    return isWell;
  }
  const control = await repeat(CONTROLS, 'power, control without flush', WITHOUT_FLUSH);
  const loses = control.found.lost > 0 || control.unreadable > 0;
  if (!loses) console.log('power: the control LOST NOTHING, so the test proves nothing');
  return isWell && loses;
};

interface Cuts {
  readonly acknowledged: number;
  readonly found: Found;
  readonly unreadable: number;
}

const repeat = async (times: number, title: string, under: readonly string[]): Promise<Cuts> => {
  const total: Found = { lost: 0, doubled: 0, torn: 0, foreign: 0 };
  let [acknowledged, unreadable] = [0, 0];
  for (let time = 0; time < times; time++) {
    const place = mkdtempSync(join(tmpdir(), 'recount-chaos-'));
    const disk = new Disk(place);
    try {
      if (!disk.create()) throw new Error('The file system could not be made.');
      const journals = await writeUntilCut(disk, under);
      const stored = await readAfterCut(disk, place);
      if (stored === undefined) unreadable++;
      const found = checkAll(journals, stored ?? new Map());
      for (const key of ['lost', 'doubled', 'torn', 'foreign'] as const) total[key] += found[key];
      acknowledged += journals.reduce((sum, journal) => sum + journal.acknowledged, 0);
    } finally {
      disk.remove();
    }
  }
  console.log(
    `${title}: ${times} cuts under ${WRITERS} writers, ${acknowledged} events acknowledged: ${told(total)}, unreadable ${unreadable}`,
  );
  return { acknowledged, found: total, unreadable };
};

const writeUntilCut = async (disk: Disk, under: readonly string[]): Promise<Journal[]> => {
  const store = new StoreProcess(join(disk.folder, 'data'), 0, under);
  const port = await store.port;
  if (port === undefined) throw new Error('The store did not start.');
  const log = new EventStoreDbLog(`esdb://127.0.0.1:${port}?tls=false`, IMPATIENT);
  const journals = Array.from({ length: WRITERS }, (_, writer) => new Journal(`writer-${writer}`, false));
  let isOver = false;
  const writing = Promise.all(journals.map((journal) => journal.write(log, () => isOver)));
  await delay(SHORTEST_LIFE_MS + Math.random() * (LONGEST_LIFE_MS - SHORTEST_LIFE_MS));
  disk.cut();
  isOver = true;
  await writing;
  await log.dispose();
  await store.stop();
  return journals;
};

/** By processes of its own: a file that lost its pages may end whoever reads it. Undefined if it cannot be read. */
const readAfterCut = async (disk: Disk, place: string): Promise<Map<string, string[]> | undefined> => {
  disk.unmount();
  if (!disk.mount()) return undefined;
  const data = join(disk.folder, 'data');
  const file = join(place, 'export');
  if ((await runStore('--data', data, '--verify')) !== 0) return undefined;
  if ((await runStore('--data', data, '--export', file)) !== 0) return undefined;
  const streams = new Map<string, string[]>();
  for await (const { stream, id } of readExport(file)) streams.set(stream, [...(streams.get(stream) ?? []), id]);
  return streams;
};
