/** Bench: the event store in a process of its own, on a folder of its own, and what it costs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ChildService } from '#embedded';

const MAIN = fileURLToPath(new URL('../../../packages/eventstore/src/main.js', import.meta.url));
/** The kernel counts processor time in hundredths of a second. */
const TICK_MS = 10;

export interface ProcessorTime {
  readonly userMs: number;
  readonly systemMs: number;
}

/** Of all threads of a process; what the kernel does for them, flushes above all, apart. */
export const cpuOf = (pid: number | string): ProcessorTime => {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /u, '')
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return { userMs: user * TICK_MS, systemMs: system * TICK_MS };
};

export class ServedStore {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildService,
    /** From the start of the process until it served. */
    readonly openedInMs: number,
  ) {}

  static async start(folder = mkdtempSync(join(tmpdir(), 'recount-bench-'))): Promise<ServedStore> {
    const begun = performance.now();
    const args = ['--data', folder, '--port', '0', '--insecure', '--log-level', 'fatal'];
    const child = await ChildService.start({ file: MAIN, args });
    return new ServedStore(folder, child, performance.now() - begun);
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.child.port}?tls=false`;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get cpu(): ProcessorTime {
    return cpuOf(this.child.pid!);
  }

  /** Memory that is its own; the pages of the mapped file belong to the kernel's cache. */
  get anonymousMebibytes(): number {
    return Number(/^RssAnon:\s+(\d+) kB$/mu.exec(this.proc('status'))?.[1]) / 1024;
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true });
  }

  private proc(file: string): string {
    return readFileSync(`/proc/${this.child.pid}/${file}`, 'utf8');
  }
}
