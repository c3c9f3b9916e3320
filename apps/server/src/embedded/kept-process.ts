import { setTimeout as sleep } from 'node:timers/promises';
import { ChildService, type ChildExit, type ChildServiceOptions } from '#embedded';

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

export interface KeptProcessOptions extends Omit<ChildServiceOptions, 'args' | 'env'> {
  /** What it is to a person, in the middle of a sentence. */
  readonly name: string;
  /** How it is started. @param port that it had before; undefined at first, when any will do */
  readonly at: (port: number | undefined) => Pick<ChildServiceOptions, 'args' | 'env'>;
}

/**
 * A process that is started again where it was, whenever it ends on its own: while an embedded service is away, the server answers as it
 * does when a service elsewhere is. A full disk ends some of them until there is room.
 */
export class KeptProcess {
  readonly port: number;
  /** What it said of itself as it was ready first. */
  readonly told: unknown;
  private readonly stopping = new AbortController();
  private readonly kept: Promise<void>;

  private constructor(
    private readonly options: KeptProcessOptions,
    private child: ChildService,
  ) {
    this.port = child.port;
    this.told = child.told;
    this.kept = this.keep();
  }

  /** @throws ChildServiceFailed */
  static async start(options: KeptProcessOptions): Promise<KeptProcess> {
    return new KeptProcess(options, await ChildService.start({ ...options, ...options.at(undefined) }));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.child.stop();
    await this.kept;
  }

  private async keep(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      const exit = await this.child.exited;
      if (signal.aborted) return;
      console.error(`The ${this.options.name} ended, and is started again: ${reasonOf(exit)}`);
      await this.comeBack();
      if (signal.aborted) {
        await this.child.stop();
        return;
      }
      console.error(`The ${this.options.name} is back.`);
    }
  }

  /** However long it takes: what keeps it away is told once. */
  private async comeBack(): Promise<void> {
    const { signal } = this.stopping;
    let told: string | undefined;
    for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS)) {
      await sleep(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        this.child = await ChildService.start({ ...this.options, ...this.options.at(this.port) });
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== told) console.error(`The ${this.options.name} does not start: ${reason}`);
        told = reason;
      }
    }
  }
}

const reasonOf = ({ failure, signal, code }: ChildExit): string => failure ?? `${signal ?? `exit code ${code}`}.`;
