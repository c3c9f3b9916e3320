import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '../services/eventually.js';

/** As it is built, whether this runs from the sources or is built itself. */
const MAIN = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/test/') ? '../../apps/server/src/main.js' : '../../dist/apps/server/src/main.js',
    import.meta.url,
  ),
);

/** It starts a PostgreSQL and an event store, beside whatever else the machine does. */
const START_PATIENCE_MILLISECONDS = 120_000;

/** The product as `npm start` starts it: a process of its own with what it prints and how it ends. */
export class Product {
  output = '';
  readonly ended: Promise<number | null>;

  private constructor(private readonly child: ChildProcess) {
    const hear = (chunk: Buffer): void => {
      this.output += chunk.toString();
    };
    child.stdout!.on('data', hear);
    child.stderr!.on('data', hear);
    this.ended = once(child, 'close').then(([code]) => code as number | null);
  }

  /** Whether it comes up is for the caller to see. */
  static launch(environment: NodeJS.ProcessEnv, main = MAIN): Product {
    const { PATH, HOME } = process.env;
    return new Product(
      spawn(process.execPath, ['--enable-source-maps', main], {
        // The same on machines of any number of cores.
        env: { PATH, HOME, PORT: '0', GRPC_PORT: '0', RECOUNT_PROCESSES: 'one', ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  static async start(environment: NodeJS.ProcessEnv, main = MAIN): Promise<Product> {
    const product = Product.launch(environment, main);
    await eventually(
      () => Promise.resolve(product.isRunning || product.child.exitCode !== null),
      (settled) => settled,
      'a start',
      START_PATIENCE_MILLISECONDS,
    );
    if (!product.isRunning) throw new Error(`Recount did not start:\n${product.output}`);
    return product;
  }

  get isRunning(): boolean {
    return this.output.includes('Stop it with Ctrl-C.');
  }

  get url(): string {
    return /API\s+(\S+)\/v1/u.exec(this.output)![1]!;
  }

  /** Of a process without the role `api`. */
  get healthUrl(): string {
    return /Health\s+(\S+)\/health/u.exec(this.output)![1]!;
  }

  /** Of whatever it serves. */
  get origin(): string {
    return /(?:API|Health)\s+(\S+)\/(?:v1|health)/u.exec(this.output)![1]!;
  }

  get grpcAddress(): string {
    return /gRPC\s+(\S+)/u.exec(this.output)![1]!;
  }

  get key(): string | undefined {
    return /rk_[A-Za-z0-9_-]+/u.exec(this.output)?.[0];
  }

  get lines(): string[] {
    return this.output.trim().split('\n');
  }

  signal(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get descendants(): number[] {
    return descendantsOf(this.pid);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.signal('SIGTERM');
  }
}

/** All processes that it started, and those that they started. */
export const descendantsOf = (ancestor: number): number[] => {
  const parents = new Map<number, number>();
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')) {
    const [pid, parent] = line.trim().split(/\s+/u).map(Number) as [number, number];
    parents.set(pid, parent);
  }
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (parents.get(pid) === ancestor || isOurs(parents.get(pid)));
  return [...parents.keys()].filter(isOurs);
};

/** Until none of them runs any more. */
export const gone = (pids: readonly number[]): Promise<unknown> =>
  eventually(
    () => Promise.resolve(pids.filter(runs)),
    (running) => running.length === 0,
    'the end of all processes',
  );

const runs = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'recount-start-'));

  constructor() {
    // PostgreSQL gets a user of its own when root runs this, and has to pass through.
    chmodSync(this.path, 0o711);
  }

  join(...parts: readonly string[]): string {
    return join(this.path, ...parts);
  }

  stop(): Promise<void> {
    rmSync(this.path, { recursive: true, force: true });
    return Promise.resolve();
  }
}
