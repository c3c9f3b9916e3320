import { ProtocolSurprise } from './surprise.js';

/** In front of each message: whether it is compressed, and its length. */
const HEADER_BYTES = 5;

/** The message as a gRPC call carries it. */
export const framed = (message: Uint8Array): [header: Buffer, message: Uint8Array] => {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(message.length, 1);
  return [header, message];
};

/** Cuts what arrives into messages, however it was cut on the way. */
export class FrameReader {
  /** Joined no sooner than there is a whole frame: a large one comes in many pieces. */
  private pieces: Buffer[] = [];
  private bytes = 0;
  /** How many make the frame that has begun, as far as it is known. */
  private needed = HEADER_BYTES;

  /** @param mostBytes of a message */
  constructor(private readonly mostBytes: number) {}

  /** Whether what arrived ends where a message does. */
  get isBetweenMessages(): boolean {
    return this.bytes === 0;
  }

  /** @throws ProtocolSurprise */
  *read(chunk: Buffer): Generator<Buffer> {
    this.pieces.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes < this.needed) return;
    const bytes = this.pieces.length === 1 ? chunk : Buffer.concat(this.pieces);
    let at = 0;
    for (;;) {
      const end = at + this.frameBytesAt(bytes, at);
      if (end > bytes.length) return this.keep(bytes.subarray(at), end - at);
      yield bytes.subarray(at + HEADER_BYTES, end);
      at = end;
    }
  }

  private keep(rest: Buffer, needed: number): void {
    this.pieces = rest.length === 0 ? [] : [rest];
    this.bytes = rest.length;
    this.needed = needed;
  }

  /** At least those of the header, where that is not there as a whole. */
  private frameBytesAt(bytes: Buffer, at: number): number {
    if (bytes.length - at < HEADER_BYTES) return HEADER_BYTES;
    if (bytes[at] !== 0) throw new ProtocolSurprise('a compressed message, for which nobody asked');
    const length = bytes.readUInt32BE(at + 1);
    if (length > this.mostBytes) throw new ProtocolSurprise(`a message of ${length} bytes`);
    return HEADER_BYTES + length;
  }
}
