import { ProtocolSurprise } from './surprise.js';

/** In front of each message: whether it is compressed, and its length. */
const HEADER_BYTES = 5;
/** An answer to an append is small, whatever is in the append. */
const MOST_BYTES_OF_AN_ANSWER = 1024 * 1024;

/** The message as a gRPC call carries it. */
export const framed = (message: Uint8Array): [header: Buffer, message: Uint8Array] => {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(message.length, 1);
  return [header, message];
};

/** Cuts what arrives into messages, however it was cut on the way. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @throws ProtocolSurprise */
  *read(chunk: Buffer): Generator<Buffer> {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let at = 0;
    for (let end = endOfFrame(bytes, at); end <= bytes.length; end = endOfFrame(bytes, at)) {
      yield bytes.subarray(at + HEADER_BYTES, end);
      at = end;
    }
    this.rest = bytes.subarray(at);
  }
}

/** Beyond the bytes where the frame is not there as a whole. */
const endOfFrame = (bytes: Buffer, at: number): number => {
  if (bytes.length < at + HEADER_BYTES) return Infinity;
  if (bytes[at] !== 0) throw new ProtocolSurprise('a compressed message, for which nobody asked');
  const length = bytes.readUInt32BE(at + 1);
  if (length > MOST_BYTES_OF_AN_ANSWER) throw new ProtocolSurprise(`a message of ${length} bytes`);
  return at + HEADER_BYTES + length;
};
