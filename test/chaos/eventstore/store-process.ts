/** Chaos: the event store as a process that may be started under another program, and killed before it is ready. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../packages/eventstore/src/main.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it said about why it stopped. */
  readonly failure: string | undefined;
}

type Message = { readonly ready: true; readonly port: number } | { readonly failed: string };

export class StoreProcess {
  readonly ended: Promise<Ended>;
  /** Undefined if it ended before. */
  readonly port: Promise<number | undefined>;
  private readonly child: ChildProcess;
  private failure: string | undefined;

  /** @param under a program and its options, such as `strace` */
  constructor(folder: string, port: number, under: readonly string[] = []) {
    const args = [
      process.execPath,
      MAIN,
      '--data',
      folder,
      '--port',
      String(port),
      '--insecure',
      '--log-level',
      'silent',
    ];
    const [program = '', ...rest] = [...under, ...args];
    // LMDB writes to stderr whatever fails, which here is everything.
    this.child = spawn(program, rest, { stdio: ['ignore', 'inherit', 'ignore', 'ipc'] });
    this.ended = new Promise((resolve) => {
      // What it said last may be read after it is gone.
      this.child.once('exit', (code, signal) => {
        const settle = (): void => resolve({ code, signal, failure: this.failure });
        if (this.child.connected) this.child.once('disconnect', settle);
        else settle();
      });
    });
    const ready = new Promise<number>((resolve) => {
      this.child.on('message', (message: Message) => {
        if ('ready' in message) resolve(message.port);
        else this.failure = message.failed;
      });
    });
    this.port = Promise.race([ready, this.ended.then(() => undefined)]);
  }

  kill(): Promise<Ended> {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  stop(): Promise<Ended> {
    if (this.child.connected) this.child.disconnect();
    return this.ended;
  }
}

/** Another thing that the built store does, in a process of its own. Answers its exit code. */
export const runStore = (...args: readonly string[]): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
    child.once('close', (code) => resolve(code ?? 1));
  });
