import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPool } from '#postgres';
import { processorTimeOf, total } from '../processor-time.js';
import type { Stack } from '../../trace/stack.js';

const SERVER = fileURLToPath(new URL('../../../../test/bench/peers/emmett.mjs', import.meta.url));
const PACKAGES = [
  '@event-driven-io/emmett@0.42.0',
  '@event-driven-io/emmett-postgresql@0.42.0',
  '@event-driven-io/pongo@0.16.11',
];
const DATABASE = 'emmett';

/** Emmett's command handler on the PostgreSQL of a stack, in a database of its own. Its packages are fetched for the run. */
export class EmmettPeer {
  private constructor(
    private readonly stack: Stack,
    private readonly folder: string,
    private readonly child: ChildProcess,
    private readonly databaseUrl: string,
    readonly url: string,
  ) {}

  static async start(stack: Stack): Promise<EmmettPeer> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-emmett-'));
    execFileSync('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, ...PACKAGES]);
    copyFileSync(SERVER, join(folder, 'emmett.mjs'));
    const owner = createPool(stack.databaseUrl, { role: 'owner', max: 1 });
    await owner.query(`CREATE DATABASE ${DATABASE}`);
    await owner.end();
    const databaseUrl = Object.assign(new URL(stack.databaseUrl), { pathname: `/${DATABASE}` }).href;
    const child = fork(join(folder, 'emmett.mjs'), { env: { ...process.env, DATABASE_URL: databaseUrl } });
    const [said] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [
      { readonly port: number } | number,
    ];
    if (typeof said !== 'object') throw new Error(`Emmett did not start, and ended with exit code ${said}.`);
    return new EmmettPeer(stack, folder, child, databaseUrl, `http://127.0.0.1:${said.port}`);
  }

  /** In microseconds, of its process and of the PostgreSQL that it shares. */
  get processorTime(): number {
    const own = processorTimeOf(this.child.pid!);
    const shared = processorTimeOf(this.stack.pid);
    return own && shared ? total(own) + shared.postgres : 0;
  }

  /** How many events it has. */
  async count(): Promise<number> {
    const pool = createPool(this.databaseUrl, { role: 'owner', max: 1 });
    const { rows } = await pool.query<{ events: bigint }>('SELECT count(*) AS events FROM emt_messages');
    await pool.end();
    return Number(rows[0]!.events);
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}
