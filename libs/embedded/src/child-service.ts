import { type ChildProcess, fork } from 'node:child_process';

export interface ChildServiceOptions {
  /** The built file of the child. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** How long it may take until the child serves; it is killed then. A minute unless told. */
  readonly readyWithinMs?: number;
  /** How long it may take to finish what it has begun; it is killed then. 14 seconds unless told. */
  readonly stopsWithinMs?: number;
}

/** The child said in one line why it cannot serve, or ended without a word. */
export class ChildServiceFailed extends Error {
  override readonly name = 'ChildServiceFailed';
}

/** How a child ended, and the line in which it said why, if it failed and still could. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly failure: string | undefined;
}

interface Ready {
  readonly ready: true;
  readonly port: number;
  readonly told?: unknown;
}

type ChildMessage = Ready | { readonly failed: string };

const READY_WITHIN_MS = 60_000;
const STOPS_WITHIN_MS = 14_000;

/**
 * A service in a process of its own, which lives exactly as long as it is wanted.
 * The child ignores signals: a terminal's Ctrl-C must not stop it before its users have drained. It stops when the channel
 * to its parent closes, which the kernel also does when the parent is killed, so it never stays behind.
 */
export class ChildService {
  /** Settles when the child has ended, for whatever reason. */
  readonly exited: Promise<ChildExit>;

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** What else it said of itself as it was ready. */
    readonly told: unknown,
    exited: Promise<ChildExit>,
    private readonly stopsWithinMs = STOPS_WITHIN_MS,
  ) {
    this.exited = exited;
  }

  /** @throws ChildServiceFailed */
  static async start(options: ChildServiceOptions): Promise<ChildService> {
    const child = fork(options.file, options.args ?? [], {
      detached: true,
      env: options.env ?? process.env,
      execArgv: [],
      execPath: process.execPath,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const exited = exitOf(child);
    try {
      const { port, told } = await ready(child, exited, options);
      return new ChildService(child, port, told, exited, options.stopsWithinMs);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Lets the child finish what it has begun, but does not wait for ever. */
  async stop(): Promise<ChildExit> {
    if (this.child.connected) this.child.disconnect();
    const tooLong = setTimeout(() => this.child.kill('SIGKILL'), this.stopsWithinMs);
    return this.exited.finally(() => clearTimeout(tooLong));
  }

  /** As a crash would: without a chance to finish anything. */
  async kill(): Promise<ChildExit> {
    this.child.kill('SIGKILL');
    return this.exited;
  }
}

/** Waits for the channel to close as well: what the child said last may be read after it is gone. */
const exitOf = (child: ChildProcess): Promise<ChildExit> =>
  new Promise((resolve) => {
    let failure: string | undefined;
    child.on('message', (message: ChildMessage) => {
      if ('failed' in message) failure = message.failed;
    });
    child.once('exit', (code, signal) => {
      const settle = (): void => resolve({ code, signal, failure });
      if (child.connected) child.once('disconnect', settle);
      else settle();
    });
  });

const ready = async (
  child: ChildProcess,
  exited: Promise<ChildExit>,
  { file, readyWithinMs = READY_WITHIN_MS }: ChildServiceOptions,
): Promise<Ready> => {
  let tooLate: NodeJS.Timeout | undefined;
  const serving = new Promise<Ready>((resolve, reject) => {
    const fail = (message: string, cause?: unknown): void => reject(new ChildServiceFailed(message, { cause }));
    tooLate = setTimeout(() => fail(`${file} was not ready within ${readyWithinMs} ms.`), readyWithinMs);
    child.once('error', (error) => fail(`${file} could not be started.`, error));
    child.on('message', (message: ChildMessage) => {
      if ('ready' in message) resolve(message);
    });
    void exited.then(({ failure, code, signal }) =>
      fail(failure ?? `${file} ended before it was ready (${signal ?? `exit code ${code}`}).`),
    );
  });
  return serving.finally(() => clearTimeout(tooLate));
};
