import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildService } from '#embedded';

const BUILT = fileURLToPath(new URL('../../dist/apps/server/src/embedded/nats-host.js', import.meta.url));

/** A nats-server of its own for a spec. */
export class TestNats {
  readonly url: string;

  private constructor(
    private readonly folder: string,
    private child: ChildService,
  ) {
    this.url = `nats://127.0.0.1:${child.port}`;
  }

  static async start(): Promise<TestNats> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-nats-'));
    return new TestNats(folder, await ChildService.start({ file: BUILT, args: [folder] }));
  }

  /** Goes away, as after a crash of its machine. */
  async goDown(): Promise<void> {
    await this.child.stop();
  }

  /** Comes back where it was. */
  async comeBack(): Promise<void> {
    this.child = await ChildService.start({ file: BUILT, args: [this.folder, String(this.child.port)] });
  }

  async stop(): Promise<void> {
    await this.child.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
