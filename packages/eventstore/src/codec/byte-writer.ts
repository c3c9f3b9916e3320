/** Codec: writes protobuf fields into one buffer of known size, without intermediate objects. */

const GREATEST = 2 ** 63;
/** 2^63 − 1, the greatest signed integer, which no number holds. */
const GREATEST_VARINT = Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);

export const varintSize = (value: number): number => {
  if (value >= GREATEST) return GREATEST_VARINT.length;
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++;
  return size;
};

/** Size of a length-delimited field whose tag takes one byte. */
export const fieldSize = (length: number): number => 1 + varintSize(length) + length;

export class ByteWriter {
  readonly bytes: Buffer;
  private at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  /** Any integer up to 2^53: positions and revisions do not fit 32 bits for ever. What is 2^63 as a number stands for 2^63 − 1. */
  varint(value: number): this {
    if (value >= GREATEST) return this.raw(GREATEST_VARINT);
    let rest = value;
    while (rest >= 0x80) {
      this.bytes[this.at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.bytes[this.at++] = rest;
    return this;
  }

  field(tag: number, length: number): this {
    this.bytes[this.at++] = tag;
    return this.varint(length);
  }

  raw(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
    return this;
  }

  latin1(text: string): this {
    this.at += this.bytes.write(text, this.at, 'latin1');
    return this;
  }

  utf8(text: string): this {
    this.at += this.bytes.write(text, this.at);
    return this;
  }
}
