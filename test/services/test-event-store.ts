import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildService } from '#embedded';
import { EventStoreDbLog } from '#event-store';

/** As it is built, whether this runs from the sources or is built itself. */
const BUILT = fileURLToPath(
  new URL(
    import.meta.url.includes('/dist/test/')
      ? '../../apps/eventstore/src/main.js'
      : '../../dist/apps/eventstore/src/main.js',
    import.meta.url,
  ),
);

/** An event store of its own for a spec: a log is read as a whole, so two specs cannot share one. */
export class TestEventStore {
  readonly url: string;
  readonly log: EventStoreDbLog;

  private constructor(
    private readonly folder: string,
    private readonly child: ChildService,
  ) {
    this.url = `esdb://127.0.0.1:${child.port}?tls=false`;
    this.log = new EventStoreDbLog(this.url);
  }

  static async start(): Promise<TestEventStore> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-log-'));
    const args = ['--data', folder, '--port', '0', '--insecure', '--log-level', 'fatal'];
    return new TestEventStore(folder, await ChildService.start({ file: BUILT, args }));
  }

  async stop(): Promise<void> {
    await this.log.dispose();
    await this.child.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
