/** The product with all that it needs, each process behind a relay. */
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PASSWORD_VARIABLE } from '../../../apps/server/src/embedded/child-protocol.js';
import type { Fault, Target } from './fault-plan.js';
import { HostedPart } from './hosted-part.js';
import type { Part } from './part.js';
import { ServerPart } from './server-part.js';
import { SmallDisk } from '../../services/small-disk.js';

const built = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Loaded before the server; not imported, since it would move the clock here. */
const MOVED_CLOCK = new URL('./moved-clock.js', import.meta.url).href;
const MILLISECONDS_OF_AN_HOUR = 60 * 60 * 1_000;
const DISK_MEBIBYTES = 512;

export class Installation {
  private constructor(
    private readonly folder: string,
    /** Of the event store; null where it cannot be filled. */
    readonly disk: SmallDisk | null,
    readonly servers: readonly ServerPart[],
    readonly key: string,
    private readonly hosted: Readonly<Record<Exclude<Target, 'server'>, HostedPart>>,
    readonly natsUrl: string,
  ) {}

  /** @param roles of each process of the server */
  static async start(roles: readonly string[]): Promise<Installation> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-chaos-'));
    // PostgreSQL gets a user of its own when root runs this, and has to pass through.
    chmodSync(folder, 0o711);
    const disk = SmallDisk.mount(join(folder, 'eventstore'), DISK_MEBIBYTES);
    try {
      return await Installation.startOn(folder, disk, roles);
    } catch (error) {
      // What was started ends with this process.
      disk?.leave();
      throw error;
    }
  }

  private static async startOn(
    folder: string,
    disk: SmallDisk | null,
    roles: readonly string[],
  ): Promise<Installation> {
    const hosted = await startHosted(folder);
    const [store, database, nats] = ['event store', 'PostgreSQL', 'NATS'].map(
      (name) => hosted.parts[name as keyof typeof hosted.parts].relay.port,
    );
    const natsUrl = `nats://recount:${hosted.password}@127.0.0.1:${nats}`;
    const keyFile = join(folder, 'first-key');
    const environment = {
      EVENTSTORE_URL: `esdb://127.0.0.1:${store}?tls=false`,
      DATABASE_URL: `postgresql://recount:${hosted.password}@127.0.0.1:${database}/postgres`,
      NATS_URL: natsUrl,
      RECOUNT_MASTER_KEY: randomBytes(32).toString('base64'),
      RECOUNT_KEY_RING: join(folder, 'key-ring'),
      RATE_LIMIT: '1000000000',
      NODE_OPTIONS: `--import=${MOVED_CLOCK}`,
      CHAOS_CLOCK_FILE: clockFileIn(folder),
    };
    const [first, ...others] = roles.map((ROLE) => ({ ...environment, ROLE }));
    const shown = await ServerPart.start({ ...first, RECOUNT_FIRST_KEY_FILE: keyFile });
    const servers = [shown, ...(await Promise.all(others.map((each) => ServerPart.start(each))))];
    return new Installation(folder, disk, servers, readFileSync(keyFile, 'utf8').trim(), hosted.parts, natsUrl);
  }

  /** What callers may ask. */
  get urls(): readonly string[] {
    return this.servers.filter(({ servesApi }) => servesApi).map(({ url }) => url);
  }

  /** Of the processes of the server, each in its turn. */
  part({ target, number }: Fault): Part {
    return target === 'server' ? this.servers[number % this.servers.length]! : this.hosted[target];
  }

  /** The clock of the server, against the real one. */
  moveClock(hours: number): void {
    writeFileSync(clockFileIn(this.folder), String(hours * MILLISECONDS_OF_AN_HOUR));
  }

  async stop(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.end()));
    for (const part of Object.values(this.hosted)) {
      part.thaw();
      await part.kill();
      await part.relay.stop();
    }
    this.disk?.unmount();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const clockFileIn = (folder: string): string => join(folder, 'clock');

const startHosted = async (folder: string) => {
  const password = randomBytes(12).toString('hex');
  const env = { ...process.env, [PASSWORD_VARIABLE]: password };
  const natsFolder = join(folder, 'nats');
  mkdirSync(natsFolder);
  const store = ['--data', join(folder, 'eventstore'), '--port', '0', '--insecure', '--log-level', 'silent'];
  const [eventStore, postgres, nats] = await Promise.all([
    HostedPart.start({ file: built('packages/eventstore/src/main.js'), args: store }),
    HostedPart.start({
      file: built('apps/server/src/embedded/postgres-host.js'),
      args: [join(folder, 'postgres')],
      env,
    }),
    HostedPart.start({ file: built('apps/server/src/embedded/nats-host.js'), args: [natsFolder], env }),
  ]);
  return { password, parts: { 'event store': eventStore, PostgreSQL: postgres, NATS: nats } };
};
