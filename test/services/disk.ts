import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SmallDisk } from './small-disk.js';

const PRETENDED = fileURLToPath(new URL('../../dist/test/services/pretended-disk.js', import.meta.url));

/** What a server needs at its start, and some more. */
const MEBIBYTES = 400;

/** A disk that can be full: a real one where root may mount it, else one that says so when it is asked for its room. */
export interface Disk {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  fill(): Promise<void>;
  empty(): Promise<void>;
  stop(): Promise<void>;
}

export const diskIn = (folder: string): Disk => {
  const small = SmallDisk.mount(join(folder, 'small'), MEBIBYTES);
  if (small === null) return pretendedIn(folder);
  return {
    folder: small.folder,
    environment: {},
    fill: () => small.fill(),
    empty: () => small.empty(),
    stop: () => Promise.resolve(small.unmount()),
  };
};

const pretendedIn = (folder: string): Disk => {
  const file = join(folder, 'disk-is-full');
  const disk = join(folder, 'pretended');
  mkdirSync(disk, { mode: 0o711 });
  return {
    folder: disk,
    environment: { NODE_OPTIONS: `--import=${PRETENDED}`, TEST_DISK_FULL_FILE: file },
    fill: () => Promise.resolve(writeFileSync(file, '')),
    empty: () => Promise.resolve(rmSync(file, { force: true })),
    stop: () => Promise.resolve(),
  };
};
