import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/**
 * One connection that is kept, one request at a time: a client that costs next to nothing, so that what is measured is the server. It knows answers
 * with a length and in chunks, as this server gives them.
 */
export class RawClient {
  private received: Buffer = Buffer.alloc(0);
  private waiting: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
    private readonly key: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('The server closed the connection.')));
  }

  static open(url: string, key: string): Promise<RawClient> {
    const { hostname, port, host } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => resolve(new RawClient(socket, host, key)));
      socket.once('error', reject);
    });
  }

  post(path: string, body: string, headers = ''): Promise<RawAnswer> {
    const length = Buffer.byteLength(body);
    return this.ask(
      `POST /v1/${path} HTTP/1.1\r\nhost: ${this.host}\r\nauthorization: Bearer ${this.key}\r\n` +
        `content-type: application/json\r\ncontent-length: ${length}\r\n${headers}\r\n${body}`,
    );
  }

  close(): void {
    this.socket.removeAllListeners('close');
    this.socket.destroy();
  }

  private ask(request: string): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const body = this.bodyAfter(head, end + HEAD_END.length);
    if (body === undefined) return;
    this.received = Buffer.alloc(0);
    const { resolve } = this.waiting!;
    this.waiting = undefined;
    resolve({ status: Number(head.slice(9, 12)), body });
  }

  /** Undefined until all of it is there. */
  private bodyAfter(head: string, begin: number): string | undefined {
    const [, length] = /\r\ncontent-length: (\d+)/iu.exec(head) ?? [];
    if (length !== undefined) {
      const end = begin + Number(length);
      return this.received.length < end ? undefined : this.received.toString('utf8', begin, end);
    }
    return this.chunksAfter(begin);
  }

  private chunksAfter(begin: number): string | undefined {
    const parts: Buffer[] = [];
    for (let at = begin; ;) {
      const line = this.received.indexOf('\r\n', at);
      if (line < 0) return undefined;
      const size = Number.parseInt(this.received.toString('latin1', at, line), 16);
      const next = line + 2 + size + 2;
      if (this.received.length < next) return undefined;
      if (size === 0) return Buffer.concat(parts).toString('utf8');
      parts.push(this.received.subarray(line + 2, line + 2 + size));
      at = next;
    }
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}
