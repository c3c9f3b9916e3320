/** One process of the installation, or one that it needs: what may be done to it. */
import type { Relay } from '../../services/relay.js';

export interface Part {
  /** Everybody reaches it by way of this. */
  readonly relay: Relay;
  readonly isRunning: boolean;
  /** With all that it started, without a chance to finish anything. */
  kill(): Promise<void>;
  /** Tells it to stop, and waits until it has. */
  stop(): Promise<void>;
  start(): Promise<void>;
  freeze(): void;
  thaw(): void;
}

/** Processes that stand still until they are told to go on. */
export class Frozen {
  private pids: readonly number[] = [];

  freeze(pids: readonly number[]): void {
    this.pids = pids;
    this.signal('SIGSTOP');
  }

  thaw(): void {
    this.signal('SIGCONT');
    this.pids = [];
  }

  private signal(signal: NodeJS.Signals): void {
    for (const pid of this.pids) signalled(pid, signal);
  }
}

/** Whoever is gone already needs none. */
export const signalled = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};
