import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ApiClient, ApiProblem } from '#client';
import { freePort } from '#embedded';

const BUILT = fileURLToPath(new URL('../../', import.meta.url));
const START_MILLISECONDS_MAX = 90_000;

/** A fresh embedded stack in a folder of its own, started as a user would, that can be killed like a process in trouble. */
export class Stack {
  readonly client: ApiClient;
  kills = 0;
  private readonly others: ChildProcess[] = [];

  private constructor(
    readonly folder: string,
    private readonly port: number,
    private server: ChildProcess,
    private readonly built: string,
    readonly key: string,
    /** Of the embedded event store, as the server told it when it was started first. */
    readonly eventStoreUrl: string,
    /** Of the embedded PostgreSQL, likewise. */
    readonly databaseUrl: string,
  ) {
    this.client = new ApiClient(this.url, key);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Of the server, whose children are the embedded parts. */
  get pid(): number {
    return this.server.pid!;
  }

  /** @param built the folder of another build than this one */
  static start(built = BUILT): Promise<Stack> {
    return Stack.in(newFolder(), built);
  }

  /** Of another installation the keys and the log, which stands at a server; its database is empty. */
  static restored(data: string, eventStoreUrl: string, built = BUILT): Promise<Stack> {
    const folder = newFolder();
    mkdirSync(join(folder, 'data'));
    for (const file of ['master-key', 'key-ring']) copyFileSync(join(data, file), join(folder, 'data', file));
    return Stack.in(folder, built, { EVENTSTORE_URL: eventStoreUrl });
  }

  private static async in(folder: string, built: string, environment: NodeJS.ProcessEnv = {}): Promise<Stack> {
    const port = await freePort();
    const { server, output } = await spawned(built, folder, port, environment);
    const [key] = /rk_[A-Za-z0-9_-]+/.exec(output) ?? [];
    if (key === undefined) throw new Error(`No first API key was printed:\n${output}`);
    const eventStoreUrl = environment['EVENTSTORE_URL'] ?? eventStoreUrlIn(folder, output);
    return new Stack(folder, port, server, built, key, eventStoreUrl, databaseUrlIn(folder, output));
  }

  /** Another process of the same installation, on the event store and the database of this one. It ends with this one. */
  async another(role: string): Promise<{ readonly url: string; readonly pid: number }> {
    const port = await freePort();
    const { eventStoreUrl, databaseUrl } = this;
    const data = join(this.folder, 'data');
    const own = {
      ROLE: role,
      EVENTSTORE_URL: eventStoreUrl,
      DATABASE_URL: databaseUrl,
      RECOUNT_DATA_DIR: join(this.folder, `data-${port}`),
      RECOUNT_MASTER_KEY: readFileSync(join(data, 'master-key'), 'utf8').trim(),
      RECOUNT_KEY_RING: join(data, 'key-ring'),
    };
    const { server } = await spawned(this.built, this.folder, port, own);
    this.others.push(server);
    return { url: `http://127.0.0.1:${port}`, pid: server.pid! };
  }

  /** SIGKILL, at once a new start on the same data. */
  async killAndRestart(): Promise<void> {
    this.kills += 1;
    const exited = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await exited;
    this.server = (await spawned(this.built, this.folder, this.port)).server;
  }

  /** What it keeps stays. */
  async end(): Promise<void> {
    await Promise.all(this.others.map(ended));
    await ended(this.server);
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks again while nobody answers: the server may be dead, or on its way up. */
  async patiently<Answer>(ask: (client: ApiClient) => Promise<Answer>): Promise<Answer> {
    for (const begun = performance.now(); ;) {
      try {
        return await ask(this.client);
      } catch (error) {
        const gone =
          error instanceof TypeError ||
          (error instanceof ApiProblem && (error.status === 503 || error.code === 'idempotency_in_progress'));
        if (!gone || performance.now() - begun > START_MILLISECONDS_MAX) throw error;
        await sleep(50);
      }
    }
  }
}

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-trace-'));
  // PostgreSQL gets a user of its own when root runs this, and has to pass through.
  chmodSync(folder, 0o711);
  return folder;
};

const ended = async (server: ChildProcess): Promise<void> => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGTERM');
  await exited;
};

/** A start does not tell the passwords; older builds had none. */
const eventStoreUrlIn = (folder: string, output: string): string => {
  const [, place = ''] = /esdb:\/\/(?:\S+@)?(\S+)/.exec(output) ?? [];
  const credentials = join(folder, 'data', 'eventstore', 'credentials');
  return existsSync(credentials) ? `esdb://${readFileSync(credentials, 'utf8').trim()}@${place}` : `esdb://${place}`;
};

const databaseUrlIn = (folder: string, output: string): string => {
  const [told = ''] = /postgresql:\S+/.exec(output) ?? [];
  const password = join(folder, 'data', 'postgres-password');
  return existsSync(password) ? told.replace('…', readFileSync(password, 'utf8')) : told;
};

const spawned = async (
  built: string,
  folder: string,
  port: number,
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly server: ChildProcess; readonly output: string }> => {
  const server = spawn(process.execPath, ['--enable-source-maps', join(built, 'apps/server/src/main.js')], {
    env: {
      ...process.env,
      PORT: String(port),
      GRPC_PORT: '0',
      RECOUNT_DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'warn',
      RECOUNT_PROCESSES: 'one',
      RATE_LIMIT: '1000000000',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  server.stdout.on('data', hear);
  server.stderr.on('data', hear);
  for (let waited = 0; !output.includes('Recount is running.'); waited += 25) {
    if (server.exitCode !== null || waited > START_MILLISECONDS_MAX) {
      server.kill('SIGKILL');
      throw new Error(`The server did not start:\n${output}`);
    }
    await sleep(25);
  }
  return { server, output };
};
