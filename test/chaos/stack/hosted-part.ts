/** The event store, PostgreSQL and NATS: each a child, as the server starts its embedded ones. */
import { ChildService, ChildServiceFailed } from '#embedded';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendantsOf } from '../../processes/product.js';
import { Relay } from '../../services/relay.js';
import { Frozen, type Part, signalled } from './part.js';

export interface Hosted {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** What its predecessor left, such as shared memory, may take a moment to go. */
const START_ATTEMPTS = 20;
const START_PAUSE_MILLISECONDS = 500;

export class HostedPart implements Part {
  private child: ChildService | undefined;
  private readonly frozen = new Frozen();

  private constructor(
    private readonly hosted: Hosted,
    readonly relay: Relay,
  ) {}

  static async start(hosted: Hosted): Promise<HostedPart> {
    const child = await ChildService.start(hosted);
    const part = new HostedPart(hosted, await Relay.before(child.port));
    part.lives(child);
    return part;
  }

  get isRunning(): boolean {
    return this.child !== undefined;
  }

  async start(): Promise<void> {
    for (let attempt = 1; this.child === undefined; attempt++) {
      try {
        this.lives(await ChildService.start(this.hosted));
      } catch (error) {
        if (!(error instanceof ChildServiceFailed) || attempt === START_ATTEMPTS) throw error;
        await sleep(START_PAUSE_MILLISECONDS);
      }
    }
  }

  async kill(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    for (const pid of this.pids) signalled(pid, 'SIGKILL');
    await child.kill();
  }

  async stop(): Promise<void> {
    await this.child?.stop();
  }

  freeze(): void {
    this.frozen.freeze(this.pids);
  }

  thaw(): void {
    this.frozen.thaw();
  }

  private get pids(): readonly number[] {
    const pid = this.child?.pid;
    return pid === undefined ? [] : [pid, ...descendantsOf(pid)];
  }

  private lives(child: ChildService): void {
    this.child = child;
    this.relay.leadTo(child.port);
    void child.exited.then(() => {
      if (this.child === child) this.child = undefined;
    });
  }
}
