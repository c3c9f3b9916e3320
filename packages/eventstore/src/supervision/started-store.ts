/** For tests: the process as it is built, started as a child. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const BUILT = fileURLToPath(new URL('../../../../dist/packages/eventstore/src/main.js', import.meta.url));

/** What a child says of itself; an exit code if it ended without a word. */
type Word = { readonly ready: true; readonly port: number } | { readonly failed: string } | number | null;

export class StartedStore {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** @param args its command line */
  static async start(...args: readonly string[]): Promise<StartedStore> {
    const child = fork(BUILT, args, { detached: true, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const [word] = (await Promise.race([once(child, 'message'), once(child, 'exit')])) as [Word];
    if (word === null || typeof word === 'number') throw new Error(`It ended before it was ready (${word}).`);
    if ('failed' in word) throw new Error(word.failed);
    return new StartedStore(child, word.port);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** @returns its exit code */
  stop(): Promise<number | null> {
    return this.ended(() => this.child.disconnect());
  }

  async kill(): Promise<void> {
    await this.ended(() => this.child.kill('SIGKILL'));
  }

  private async ended(end: () => void): Promise<number | null> {
    const exit = once(this.child, 'exit');
    end();
    const [code] = (await exit) as [number | null];
    return code;
  }
}
