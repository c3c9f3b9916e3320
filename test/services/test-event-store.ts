import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import { ChildService } from '#embedded';
import { EventStoreDbLog } from '#event-store';
import { CommandedServer, EVENT_STORE_COMMAND } from './commanded-server.js';

/** As it is built, whether this runs from the sources or is built itself. */
const BUILT = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/test/')
      ? '../../packages/eventstore/src/main.js'
      : '../../dist/packages/eventstore/src/main.js',
    import.meta.url,
  ),
);

/** An event store of its own for a spec: a log is read as a whole, so two specs cannot share one. */
export class TestEventStore {
  readonly log: EventStoreDbLog;
  /** As far as it is known: nothing is read twice. */
  private last = 0n;

  private constructor(
    readonly url: string,
    private readonly end: () => Promise<unknown>,
  ) {
    this.log = new EventStoreDbLog(url);
  }

  static start(): Promise<TestEventStore> {
    return EVENT_STORE_COMMAND === undefined
      ? TestEventStore.embedded()
      : TestEventStore.commanded(EVENT_STORE_COMMAND);
  }

  private static async embedded(): Promise<TestEventStore> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-log-'));
    const args = ['--data', folder, '--port', '0', '--insecure', '--log-level', 'fatal'];
    const child = await ChildService.start({ file: BUILT, args });
    return new TestEventStore(`esdb://127.0.0.1:${child.port}?tls=false`, async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    });
  }

  private static async commanded(command: string): Promise<TestEventStore> {
    const server = await CommandedServer.start(command, async (url) => {
      const log = new EventStoreDbLog(url);
      await log.head().finally(() => log.dispose());
    });
    return new TestEventStore(server.url, () => server.stop());
  }

  /** Of the last fact: what a server writes for itself comes and goes. */
  async lastPosition(): Promise<bigint> {
    // The embedded one writes nothing for itself, and its end is told at once.
    if (EVENT_STORE_COMMAND === undefined) return this.log.head();
    const filter = { streamPrefixes: DOMAIN_STREAM_PREFIXES };
    for await (const { position } of this.log.readAll({ after: this.last, filter }))
      if (position > this.last) this.last = position;
    return this.last;
  }

  async stop(): Promise<void> {
    await this.log.dispose();
    await this.end();
  }
}
