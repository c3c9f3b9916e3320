import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#embedded';

/** A nats-server that is killed and comes back at the same place, as servers do. */
export class RestartableNats {
  readonly url: string;
  private server: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {
    this.url = `nats://127.0.0.1:${port}`;
  }

  static async start(): Promise<RestartableNats> {
    const nats = new RestartableNats(mkdtempSync(join(tmpdir(), 'recount-spec-jetstream-')), await freePort());
    await nats.comeBack();
    return nats;
  }

  /** Without a chance to finish anything. */
  async kill(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = undefined;
    const exited = once(server, 'exit');
    server.kill('SIGKILL');
    await exited;
  }

  /** With what it had on its disk. */
  async comeBack(): Promise<void> {
    const args = ['-a', '127.0.0.1', '-p', String(this.port), '-js', '-sd', this.folder];
    const server = spawn('nats-server', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.server = server;
    for await (const line of server.stderr) {
      if (!String(line).includes('Server is ready')) continue;
      break;
    }
    if (server.exitCode !== null) throw new Error(`nats-server did not start in ${this.folder}.`);
  }

  loseEverything(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.kill();
    this.loseEverything();
  }
}
