import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ChildService } from '#embedded';

/** The process of the store, as it is built. */
export const BUILT = fileURLToPath(new URL('../../../dist/packages/eventstore/src/main.js', import.meta.url));

/** For tests: an embedded event store on a folder of its own, a real child process that can be killed and started again. */
export class TemporaryEventStore {
  private readonly folder = mkdtempSync(join(tmpdir(), 'recount-eventstore-'));
  private child: ChildService | undefined;
  private port = 0;

  private constructor(private readonly args: readonly string[]) {}

  /** @param args further options of its command line */
  static async start(...args: string[]): Promise<TemporaryEventStore> {
    const store = new TemporaryEventStore(args);
    await store.start();
    return store;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.port}?tls=false`;
  }

  /** On the port that it had before, if it had one. */
  async start(): Promise<void> {
    const args = [
      '--data',
      this.folder,
      '--port',
      String(this.port),
      '--insecure',
      '--log-level',
      'fatal',
      ...this.args,
    ];
    this.child = await ChildService.start({ file: BUILT, args });
    this.port = this.child.port;
  }

  async kill(): Promise<void> {
    await this.child?.kill();
  }

  async stop(): Promise<void> {
    await this.child?.stop();
  }

  /** Stops answering without closing its connections, until it is told to go on. */
  freeze(): void {
    this.signal('SIGSTOP');
  }

  unfreeze(): void {
    this.signal('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.child?.pid !== undefined) process.kill(this.child.pid, signal);
  }
}
