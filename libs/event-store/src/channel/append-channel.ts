import { BatchCall, type Waiting } from './batch-call.js';
import { type Append, type AppendedAt, encodeBatchRequest } from './batch-messages.js';
import { type NodeSession } from './node-session.js';
import { Sessions } from './sessions.js';
import { LeftUnsent, NotByChannel, ProtocolSurprise } from './surprise.js';

interface Queued extends Waiting {
  readonly append: Append;
}

/** Larger ones go by the package, which cuts them: a server ends the call of whoever sends it too much at once. */
const MOST_BYTES_OF_AN_APPEND = 1024 * 1024;

/**
 * Appends over one connection and one long-lived call: what is appended in one turn of the event loop leaves in one write, encoded
 * once. It does not try anything again: it says what became of an append, also that nobody knows, and leaves the rest to its user.
 */
export class AppendChannel {
  private queue: Queued[] = [];
  private call: BatchCall | undefined;
  private readonly sessions: Sessions;
  private isDue = false;
  private isOpening = false;

  constructor(
    connect: () => Promise<NodeSession>,
    private readonly answeredWithinMs: number,
  ) {
    this.sessions = new Sessions(connect, answeredWithinMs);
  }

  /** Whether it is worth trying. */
  get isUsable(): boolean {
    return this.sessions.isUsable;
  }

  /** @throws NotByChannel | LeftUnsent | ProtocolSurprise | AttemptTimedOut, or an error of the package */
  append(append: Append): Promise<AppendedAt> {
    return new Promise((answer, fail) => {
      if (this.sessions.isRetired) return fail(new LeftUnsent());
      this.queue.push({ append, answer, fail });
      this.flushSoon();
    });
  }

  /** Nothing more is sent; what is under way may still be answered. */
  retire(): void {
    this.sessions.retire();
    this.failQueue(new LeftUnsent());
  }

  close(): void {
    this.retire();
    this.sessions.close();
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
    try {
      this.use(await this.sessions.another());
    } catch (error) {
      this.failQueue(error as Error);
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
        session.destroy();
        if (error instanceof ProtocolSurprise) this.sessions.surprised();
        if (this.queue.length > 0) this.flushSoon();
      },
    });
    // The node still answers what it has, and takes nothing more.
    session.on('goaway', () => {
      leave();
      call.end();
    });
    this.call = call;
  }

  private failQueue(error: Error): void {
    const { queue } = this;
    this.queue = [];
    for (const { fail } of queue) fail(error);
  }
}
