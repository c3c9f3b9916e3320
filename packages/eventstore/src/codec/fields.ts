/** Codec: reads and writes protobuf fields. The only file that knows protobufjs. */
import protobuf from 'protobufjs/minimal.js';

export type FieldReader = protobuf.Reader;
export type FieldWriter = protobuf.Writer;

/** The bytes are not the message that they should be. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

export type FieldReaders = Readonly<Record<number, (reader: FieldReader) => unknown>>;

/** Reads each field that has a reader and skips the others. */
export const readFields = (bytes: Uint8Array, readers: FieldReaders): void => {
  const reader = protobuf.Reader.create(bytes);
  try {
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      const readField = readers[tag >>> 3];
      if (readField === undefined) reader.skipType(tag & 7);
      else readField(reader);
    }
  } catch (error) {
    if (error instanceof MalformedMessage) throw error;
    throw new MalformedMessage('The request is not a well-formed message.', { cause: error });
  }
};

/** A view of the request's bytes, not a copy. */
export const bytesOf = (reader: FieldReader): Buffer => reader.bytes() as Buffer;

/** For a message without fields, which says something by being there. */
export const present = (reader: FieldReader): true => {
  reader.bytes();
  return true;
};

export const uint64 = (reader: FieldReader): bigint => BigInt.asUintN(64, int64(reader));

/** Zigzag: small numbers are short on either side of 0. */
export const sint64 = (reader: FieldReader): bigint => {
  const raw = uint64(reader);
  return (raw >> 1n) ^ -(raw & 1n);
};

export const int64 = (reader: FieldReader): bigint => {
  const value = reader.int64();
  if (typeof value === 'number') return BigInt(value);
  return (BigInt(value.high) << 32n) | BigInt(value.low >>> 0);
};

export const encode = (write: (writer: FieldWriter) => void): Buffer => {
  const writer = protobuf.Writer.create();
  write(writer);
  return writer.finish() as Buffer;
};

const LENGTH_DELIMITED = 2;
const VARINT = 0;

export const writeMessage = (writer: FieldWriter, field: number, write: (writer: FieldWriter) => void): void => {
  writer.uint32((field << 3) | LENGTH_DELIMITED).fork();
  write(writer);
  writer.ldelim();
};

export const writeEmpty = (writer: FieldWriter, field: number): void => {
  writer.uint32((field << 3) | LENGTH_DELIMITED).uint32(0);
};

export const writeBytes = (writer: FieldWriter, field: number, bytes: Uint8Array): void => {
  writer.uint32((field << 3) | LENGTH_DELIMITED).bytes(bytes);
};

export const writeString = (writer: FieldWriter, field: number, text: string): void => {
  writer.uint32((field << 3) | LENGTH_DELIMITED).string(text);
};

const GREATEST = 2 ** 63;

/** As a number, 2^63 stands for 2^63 − 1, the revision of a tombstone. */
export const writeInteger = (writer: FieldWriter, field: number, value: number | bigint): void => {
  const exact = value === GREATEST ? 2n ** 63n - 1n : value;
  writer.uint32((field << 3) | VARINT).int64(typeof exact === 'bigint' ? exact.toString() : exact);
};

/** Zigzag, for numbers that may be below 0. */
export const writeSint = (writer: FieldWriter, field: number, value: number): void => {
  writer.uint32((field << 3) | VARINT).sint64(value);
};
