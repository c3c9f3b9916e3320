import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#embedded';

/** The command that starts the event store of a test, with `{port}` and `{folder}` in it; none for the embedded one. */
export const EVENT_STORE_COMMAND = process.env['TEST_EVENTSTORE_COMMAND'];

const READY_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 10_000;
const LOOK_MS = 100;
const OUTPUT_KEPT = 4_000;

/** A server of the protocol that a command starts, on a port and a folder of its own: ready when something can be read from it. */
export class CommandedServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** @param read fails as long as nothing can be read */
  static async start(command: string, read: (url: string) => Promise<unknown>): Promise<CommandedServer> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-commanded-'));
    const port = await freePort();
    const line = command.replaceAll('{port}', String(port)).replaceAll('{folder}', folder);
    // A group of its own: what a shell or npm starts in turn ends with it.
    const child = spawn(line, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (text: Buffer): void => void (output = (output + text.toString()).slice(-OUTPUT_KEPT));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    try {
      return new CommandedServer(child, folder, await ready(child, () => urlOf(port, folder), read));
    } catch (error) {
      await end(child, folder);
      throw new Error(`${line} did not become an event store that can be read.\n${output}`, { cause: error });
    }
  }

  stop(): Promise<void> {
    return end(this.child, this.folder);
  }
}

const ready = async (
  child: ChildProcess,
  url: () => string,
  read: (url: string) => Promise<unknown>,
): Promise<string> => {
  for (const giveUpAt = Date.now() + READY_WITHIN_MS; ; await sleep(LOOK_MS)) {
    try {
      await read(url());
      return url();
    } catch (error) {
      if (child.exitCode !== null || Date.now() > giveUpAt) throw error;
    }
  }
};

/** The embedded store leaves its credentials in the folder; a server of its own is told to want none. */
const urlOf = (port: number, folder: string): string => {
  const file = join(folder, 'credentials');
  const who = existsSync(file) ? `${readFileSync(file, 'utf8').trim()}@` : '';
  return `esdb://${who}127.0.0.1:${port}?tls=false`;
};

const end = async (child: ChildProcess, folder: string): Promise<void> => {
  const signal = (name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group is gone.
    }
  };
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise((resolve) => child.once('close', resolve));
    signal('SIGTERM');
    const tooLate = setTimeout(() => signal('SIGKILL'), STOPS_WITHIN_MS);
    await ended;
    clearTimeout(tooLate);
  }
  signal('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
};
