import pTimeout from 'p-timeout';

import { type NodeSession } from './node-session.js';
import { NotByChannel } from './surprise.js';

/** How long the package does it when there is no connection, and when the peer did not understand us. */
const REST_MS = 1_000;
const LONG_REST_MS = 60_000;

/** The connections of a channel to its node, and whether it is worth trying to have one. */
export class Sessions {
  private readonly open = new Set<NodeSession>();
  private restsUntil = 0;
  private isOver = false;

  constructor(
    private readonly connect: () => Promise<NodeSession>,
    private readonly connectedWithinMs: number,
  ) {}

  get isUsable(): boolean {
    return !this.isOver && performance.now() >= this.restsUntil;
  }

  get isRetired(): boolean {
    return this.isOver;
  }

  /** @throws NotByChannel */
  async another(): Promise<NodeSession> {
    const connecting = this.connect();
    try {
      const connected = await pTimeout(connecting, { milliseconds: this.connectedWithinMs });
      if (this.isOver) throw new Error('The channel was closed.');
      this.open.add(connected);
      connected.session.on('close', () => this.open.delete(connected));
      return connected;
    } catch (error) {
      // One that comes too late is used by nobody.
      void connecting.then(({ session }) => session.destroy()).catch(() => undefined);
      this.rest(REST_MS);
      throw new NotByChannel('There is no connection.', { cause: error });
    }
  }

  /** The peer does not speak as the channel expects. */
  surprised(): void {
    this.rest(LONG_REST_MS);
  }

  /** There is no other connection. */
  retire(): void {
    this.isOver = true;
  }

  close(): void {
    this.retire();
    for (const { session } of this.open) session.destroy();
  }

  private rest(milliseconds: number): void {
    this.restsUntil = performance.now() + milliseconds;
  }
}
