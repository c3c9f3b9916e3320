/** Supervision: one store per folder. LMDB would let a second process open it, and each would overwrite the other. */
import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

export interface FolderLock {
  release(): Promise<void>;
}

export interface LockOptions {
  /** How long to wait for a holder that is on its way out, say because its parent was killed. */
  readonly patienceMs: number;
  readonly platform?: NodeJS.Platform;
}

const RETRY_MS = 100;
/** Linux cuts longer addresses, and then two folders could share one. */
const LONGEST_ADDRESS = 100;

/** @throws FolderInUse */
export const lockFolder = async (
  folder: string,
  { patienceMs, platform = process.platform }: LockOptions,
): Promise<FolderLock> => {
  const path = realpathSync(folder);
  const lock =
    platform === 'linux' ? () => listen(abstractAddress(path)) : () => lockBySocketFile(join(path, 'in-use.sock'));
  for (const giveUpAt = Date.now() + patienceMs; ; await delay(RETRY_MS)) {
    const server = await lock();
    if (server !== undefined) return { release: () => new Promise((released) => server.close(() => released())) };
    if (Date.now() >= giveUpAt) throw new FolderInUse(`The folder ${path} is in use by another event store.`);
  }
};

/** The kernel frees an abstract socket with its process, even after kill -9, and leaves no file behind. */
const abstractAddress = (path: string): string => {
  const address = `\0recount-eventstore:${path}`;
  if (Buffer.byteLength(address) <= LONGEST_ADDRESS) return address;
  return `\0recount-eventstore:${createHash('sha256').update(path).digest('hex')}`;
};

/** Undefined if somebody else listens there. */
const listen = (address: string): Promise<Server | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server.unref()));
  });

/** A socket file outlives its process: one that nobody answers on is left from a crash. */
const lockBySocketFile = async (file: string): Promise<Server | undefined> => {
  const server = await listen(file);
  if (server !== undefined || (await isAnswered(file))) return server;
  rmSync(file, { force: true });
  return listen(file);
};

const isAnswered = (file: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(file);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
