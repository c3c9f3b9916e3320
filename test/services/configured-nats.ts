import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A nats-server by a configuration file of its own, on a free port; what it stores goes to a folder of the spec. */
export class ConfiguredNats {
  private constructor(
    readonly address: string,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(configuration: string): Promise<ConfiguredNats> {
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-nats-'));
    const file = join(folder, 'nats.conf');
    writeFileSync(file, configuration.replace(/store_dir: "[^"]*"/u, `store_dir: "${folder}"`));
    const child = spawn('nats-server', ['-c', file, '-a', '127.0.0.1', '-p', '-1'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return new ConfiguredNats(await addressIn(child), folder, child);
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const addressIn = async (child: ChildProcess): Promise<string> => {
  const { stderr } = child;
  let output = '';
  // A server whose lines nobody takes any more would end with the next one.
  for await (const chunk of stderr!.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    const [, address] = /Listening for client connections on (\S+)/u.exec(output) ?? [];
    if (address === undefined || !output.includes('Server is ready')) continue;
    stderr!.resume();
    return address;
  }
  throw new Error(`nats-server did not start:\n${output}`);
};
