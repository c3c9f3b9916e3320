import { setTimeout as sleep } from 'node:timers/promises';
import { ChildService, type ChildExit, type ChildServiceOptions } from '#embedded';

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 5_000;

export interface EmbeddedPartOptions extends Omit<ChildServiceOptions, 'args'> {
  readonly name: string;
  /** @param port that it had before; undefined at first, when any will do */
  readonly args: (port: number | undefined) => readonly string[];
}

/**
 * An embedded service that is started again where it was, whenever it ends on its own: while it is away, the server answers as it
 * does when a service elsewhere is. A full disk ends some of them until there is room.
 */
export class EmbeddedPart {
  readonly port: number;
  private readonly stopping = new AbortController();
  private readonly kept: Promise<void>;

  private constructor(
    private readonly options: EmbeddedPartOptions,
    private child: ChildService,
  ) {
    this.port = child.port;
    this.kept = this.keep();
  }

  /** @throws ChildServiceFailed */
  static async start(options: EmbeddedPartOptions): Promise<EmbeddedPart> {
    return new EmbeddedPart(options, await ChildService.start({ ...options, args: options.args(undefined) }));
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
      console.error(`The embedded ${this.options.name} ended, and is started again: ${reasonOf(exit)}`);
      await this.comeBack();
      if (signal.aborted) {
        await this.child.stop();
        return;
      }
      console.error(`The embedded ${this.options.name} is back.`);
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
        this.child = await ChildService.start({ ...this.options, args: this.options.args(this.port) });
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        if (reason !== told) console.error(`The embedded ${this.options.name} does not start: ${reason}`);
        told = reason;
      }
    }
  }
}

const reasonOf = ({ failure, signal, code }: ChildExit): string => failure ?? `${signal ?? `exit code ${code}`}.`;
