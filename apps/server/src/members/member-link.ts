import { connect, type TLSSocket } from 'node:tls';
import { DomainError } from '#kernel';
import { KEEP_ALIVE_MILLISECONDS, NotAnswered, type Errand, type Failure, type Reply } from './errand.js';
import type { MemberSecret } from './member-secret.js';
import { Messenger } from './messenger.js';

/** One with much to do greets all the same: a member that leaves so many greetings without an answer is taken for gone. */
const GREETINGS_MAX = 4;
const GREETING_MILLISECONDS = 500;
/** Whoever asked has an answer to give within 20 seconds. */
const ERRAND_MILLISECONDS_MAX = 8_000;
const CONNECT_MILLISECONDS_MAX = 2_000;
const PAUSE_MILLISECONDS = 1_000;
/** One that is gone is known to be by then. */
const ATTEMPTS_UNTIL_TOLD = 10;
/** What waits for one member: whoever takes less than it is asked gets no more of it. */
const WAITING_MAX = 5_000;
const BACKLOG_BYTES_MAX = 16 * 1024 * 1024;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly until: number;
}

/** The way from this process to another member: one connection that is kept, and made again while the member is there. */
export class MemberLink {
  private readonly waiting = new Map<number, Waiting>();
  private messenger: Messenger<Errand, Reply> | undefined;
  private socket: TLSSocket | undefined;
  /** Counted, not timed: where this process had no time to listen, nobody was silent. */
  private unanswered = 0;
  private next = 0;
  private again: NodeJS.Timeout | undefined;
  private readonly watching: NodeJS.Timeout;
  private failed = 0;
  private retired = false;

  constructor(
    readonly id: string,
    readonly address: string,
    private readonly secret: MemberSecret,
    /** Told once while it cannot be reached, though it says that it is there. */
    private readonly unreachable: () => void,
  ) {
    this.watching = setInterval(() => this.watch(), GREETING_MILLISECONDS).unref();
    this.dial();
  }

  /** Whether it can be asked at all. */
  get isOpen(): boolean {
    return (
      this.messenger !== undefined &&
      !this.retired &&
      this.waiting.size < WAITING_MAX &&
      this.messenger.backlog < BACKLOG_BYTES_MAX
    );
  }

  /** @throws DomainError what it refused | NotAnswered */
  ask(kind: string, body: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { messenger } = this;
      if (messenger === undefined) throw new NotAnswered('It is not connected.');
      const id = this.next++;
      try {
        messenger.send({ id, kind, body });
      } catch (error) {
        throw new NotAnswered('It cannot be told.', { cause: error });
      }
      this.waiting.set(id, { resolve, reject, until: performance.now() + ERRAND_MILLISECONDS_MAX });
    });
  }

  /** Asks nothing more, and ends once everything is answered. */
  retire(): void {
    this.retired = true;
    if (this.waiting.size === 0) this.end();
  }

  private end(): void {
    clearInterval(this.watching);
    clearTimeout(this.again);
    this.socket?.destroy();
  }

  private dial(): void {
    const socket = connect({ ...this.secret.asking(this.id), ...placeOf(this.address) });
    this.socket = socket;
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MILLISECONDS).unref();
    socket.setTimeout(CONNECT_MILLISECONDS_MAX, () => socket.destroy());
    socket.once('secureConnect', () => {
      socket.setTimeout(0);
      this.failed = 0;
      this.messenger = new Messenger<Errand, Reply>(socket, (reply) => this.heard(reply));
    });
    // What went wrong is said by the close that follows: the member is away.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      this.lost();
      if (this.retired) return this.end();
      this.failed += 1;
      if (this.failed === ATTEMPTS_UNTIL_TOLD) this.unreachable();
      this.again = setTimeout(() => this.dial(), PAUSE_MILLISECONDS).unref();
    });
  }

  private heard(reply: Reply | undefined): void {
    this.unanswered = 0;
    if (reply === undefined) return;
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if ('answer' in reply) waiting?.resolve(reply.answer);
    else if ('failure' in reply) waiting?.reject(notDone(reply));
    else {
      const { code, message, kind, violations } = reply.refusal;
      waiting?.reject(new DomainError(code, message, kind, violations));
    }
    if (this.retired && this.waiting.size === 0) this.end();
  }

  private watch(): void {
    if (this.waiting.size === 0) return;
    if (this.unanswered >= GREETINGS_MAX) return void this.socket?.destroy();
    this.unanswered += 1;
    this.messenger?.greet();
    const now = performance.now();
    // Oldest first.
    for (const [id, { until, reject }] of this.waiting) {
      if (until > now) return;
      this.waiting.delete(id);
      reject(new NotAnswered('It takes too long.'));
    }
  }

  private lost(): void {
    this.messenger = undefined;
    this.unanswered = 0;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(new NotAnswered('Its connection ended.'));
  }
}

/** An address of IPv6 stands in brackets, and may name its scope, which no URL takes: `[fe80::1%eth0]:4000`. */
const placeOf = (address: string): { readonly host: string; readonly port: number } => {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon).replace(/^\[(.*)\]$/u, '$1'), port: Number(address.slice(colon + 1)) };
};

const notDone = ({ failure, isFault }: Failure): NotAnswered =>
  new NotAnswered(`It failed there: ${failure}`, isFault ? { cause: failure } : {});
