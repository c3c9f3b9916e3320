import protobuf from 'protobufjs/minimal.js';

/** The only file of this adapter that knows how protobufjs reads. */
export type FieldReader = protobuf.Reader;

export const readerOf = (bytes: Uint8Array): FieldReader => protobuf.Reader.create(bytes);

/** Calls `onField` for each field up to `end`; one that it does not take (by returning false) is skipped. */
export const eachField = (reader: FieldReader, end: number, onField: (field: number) => boolean): void => {
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!onField(tag >>> 3)) reader.skipType(tag & 7);
  }
};

/** The same within the message that the reader stands at. */
export const eachFieldOfMessage = (reader: FieldReader, onField: (field: number) => boolean): void => {
  const length = reader.uint32();
  eachField(reader, reader.pos + length, onField);
};

export const revision = (reader: FieldReader): number => Number(reader.uint64());

export const position = (reader: FieldReader): bigint => {
  const value = reader.uint64();
  if (typeof value === 'number') return BigInt(value);
  return (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0);
};
