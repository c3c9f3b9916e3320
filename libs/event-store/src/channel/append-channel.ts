import pTimeout from 'p-timeout';

import { BatchCall, type Waiting } from './batch-call.js';
import { type Append, type AppendedAt, encodeBatchRequest } from './batch-messages.js';
import { type NodeSession } from './node-session.js';
import { LeftUnsent, NotByChannel, ProtocolSurprise } from './surprise.js';

interface Queued extends Waiting {
  readonly append: Append;
}

/** Larger ones go by the package, which cuts them: a server ends the call of whoever sends it too much at once. */
const MOST_BYTES_OF_AN_APPEND = 1024 * 1024;
/** How long the package has the appends when there is no connection, and when the peer did not understand us. */
const REST_MS = 1_000;
const LONG_REST_MS = 60_000;

/**
 * Appends over one connection and one long-lived call: what is appended in one turn of the event loop leaves in one write, encoded
 * once. It does not try anything again: it says what became of an append, also that nobody knows, and leaves the rest to its user.
 */
export class AppendChannel {
  private queue: Queued[] = [];
  private call: BatchCall | undefined;
  private readonly sessions = new Set<NodeSession>();
  private isDue = false;
  private isOpening = false;
  private restsUntil = 0;
  private isOver = false;

  constructor(
    private readonly connect: () => Promise<NodeSession>,
    private readonly answeredWithinMs: number,
  ) {}

  /** Whether it is worth trying. */
  get isUsable(): boolean {
    return !this.isOver && performance.now() >= this.restsUntil;
  }

  /** @throws NotByChannel | LeftUnsent | ProtocolSurprise | AttemptTimedOut, or an error of the package */
  append(append: Append): Promise<AppendedAt> {
    return new Promise((answer, fail) => {
      if (this.isOver) return fail(new LeftUnsent());
      this.queue.push({ append, answer, fail });
      this.flushSoon();
    });
  }

  /** Nothing more is sent; what is under way may still be answered. */
  retire(): void {
    this.isOver = true;
    this.failQueue(new LeftUnsent());
  }

  close(): void {
    this.retire();
    for (const { session } of this.sessions) session.destroy();
  }

  private flushSoon(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.flush();
    });
  }

  private flush(): void {
    const { call, queue } = this;
    if (queue.length === 0) return;
    if (call === undefined) return void this.open();
    let taken = 0;
    while (taken < queue.length && call.hasRoom) this.send(queue[taken++]!, call);
    queue.splice(0, taken);
    call.flush();
  }

  private send({ append, ...waiting }: Queued, call: BatchCall): void {
    try {
      const request = encodeBatchRequest(append, call.nextCorrelation);
      if (request.length > MOST_BYTES_OF_AN_APPEND) waiting.fail(new NotByChannel('The append is large.'));
      else call.add(request, waiting);
    } catch (error) {
      waiting.fail(error as Error);
    }
  }

  private async open(): Promise<void> {
    if (this.isOpening) return;
    this.isOpening = true;
    const connecting = this.connect();
    try {
      const connected = await pTimeout(connecting, { milliseconds: this.answeredWithinMs });
      if (this.isOver) connected.session.destroy();
      else this.use(connected);
    } catch (error) {
      // One that comes too late is used by nobody.
      void connecting.then(({ session }) => session.destroy()).catch(() => undefined);
      this.rest(REST_MS);
      this.failQueue(new NotByChannel('There is no connection.', { cause: error }));
    } finally {
      this.isOpening = false;
    }
    this.flush();
  }

  private use(connected: NodeSession): void {
    const { session } = connected;
    const leave = (): void => {
      if (this.call === call) this.call = undefined;
    };
    const call = new BatchCall(connected, this.answeredWithinMs, {
      onAnswer: () => {
        if (this.queue.length > 0) this.flushSoon();
      },
      onSilence: () => this.failQueue(new LeftUnsent()),
      onOver: (error) => {
        leave();
        this.sessions.delete(connected);
        session.destroy();
        if (error instanceof ProtocolSurprise) this.rest(LONG_REST_MS);
        if (this.queue.length > 0) this.flushSoon();
      },
    });
    // The node still answers what it has, and takes nothing more.
    session.on('goaway', () => {
      leave();
      call.end();
    });
    this.sessions.add(connected);
    this.call = call;
  }

  private rest(milliseconds: number): void {
    this.restsUntil = performance.now() + milliseconds;
  }

  private failQueue(error: Error): void {
    const { queue } = this;
    this.queue = [];
    for (const { fail } of queue) fail(error);
  }
}
