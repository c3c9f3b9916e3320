import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

const LENGTH_BYTES = 4;
/** What follows from one request stays far below. */
const MESSAGE_BYTES_MAX = 64 * 1024 * 1024;
const GREETING = Buffer.alloc(LENGTH_BYTES);

/** Messages over a stream of bytes, each any value that can be cloned: those that are sent in one turn of the event loop are one write. */
export class Messenger<Sent, Heard> {
  private outgoing: Buffer[] = [];
  private incoming: Buffer[] = [];
  private received = 0;
  private wanted = LENGTH_BYTES;

  /** @param hear undefined is a greeting; it throws nothing */
  constructor(
    private readonly stream: Duplex,
    private readonly hear: (message: Heard | undefined) => void,
  ) {
    stream.on('data', (chunk: Buffer) => this.take(chunk));
  }

  /** @throws Error if it cannot be cloned, or is larger than anybody takes */
  send(message: Sent): void {
    const body = serialize(message);
    if (body.length > MESSAGE_BYTES_MAX) throw new RangeError(`A message of ${body.length} bytes is too large.`);
    const head = Buffer.allocUnsafe(LENGTH_BYTES);
    head.writeUInt32BE(body.length);
    this.push(head, body);
  }

  /** Says no more than that this side is there. */
  greet(): void {
    this.push(GREETING);
  }

  /** Bytes that the other side has not taken yet. */
  get backlog(): number {
    return this.stream.writableLength;
  }

  private push(...parts: readonly Buffer[]): void {
    if (this.outgoing.length === 0) setImmediate(() => this.write());
    this.outgoing.push(...parts);
  }

  private write(): void {
    const parts = this.outgoing;
    this.outgoing = [];
    if (this.stream.writable) this.stream.write(Buffer.concat(parts));
  }

  private take(chunk: Buffer): void {
    this.incoming.push(chunk);
    this.received += chunk.length;
    if (this.received < this.wanted) return;
    const bytes = this.incoming.length === 1 ? chunk : Buffer.concat(this.incoming, this.received);
    const rest = this.hearAll(bytes);
    this.incoming = rest.length === 0 ? [] : [rest];
    this.received = rest.length;
  }

  /** What is left of one that is not there whole. */
  private hearAll(bytes: Buffer): Buffer {
    let begin = 0;
    for (;;) {
      this.wanted = LENGTH_BYTES;
      if (bytes.length - begin < this.wanted) return bytes.subarray(begin);
      const length = bytes.readUInt32BE(begin);
      this.wanted += length;
      if (length > MESSAGE_BYTES_MAX) return this.broken(new RangeError(`A message of ${length} bytes is too large.`));
      if (bytes.length - begin < this.wanted) return bytes.subarray(begin);
      try {
        const body = bytes.subarray(begin + LENGTH_BYTES, begin + this.wanted);
        this.hear(length === 0 ? undefined : (deserialize(body) as Heard));
      } catch (error) {
        return this.broken(error as Error);
      }
      begin += this.wanted;
    }
  }

  private broken(error: Error): Buffer {
    this.stream.destroy(error);
    return Buffer.alloc(0);
  }
}
