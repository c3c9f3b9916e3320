import protobuf from 'protobufjs/minimal.js';

/** The only file of this adapter that knows how protobufjs reads and writes. */
export type FieldReader = protobuf.Reader;
export type FieldWriter = protobuf.Writer;

export const readerOf = (bytes: Uint8Array): FieldReader => protobuf.Reader.create(bytes);

export const writerOf = (): FieldWriter => protobuf.Writer.create();

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

export const writePosition = (writer: FieldWriter, value: bigint): FieldWriter =>
  // The writer takes what a double cannot hold as a `Long`, of which it looks at the halves alone.
  writer.uint64({ low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)) } as never);

/** Of a message in which one text matters: an id, a stream's name. */
export const textIn = (reader: FieldReader, wanted: number): string => {
  let text = '';
  eachFieldOfMessage(reader, (field) => {
    if (field === wanted) text = reader.string();
    return field === wanted;
  });
  return text;
};

/** Of a message that gives commit and prepare position, which are one. */
export const commitPosition = (reader: FieldReader): bigint => {
  let commit = 0n;
  eachFieldOfMessage(reader, (field) => {
    if (field === 1) commit = position(reader);
    return field === 1;
  });
  return commit;
};
