/**
 * Codec: the stored form of an event, which is the very `ReadResp` message that a reader gets: nothing is encoded again.
 * Protobuf leaves the order of fields to the writer. Here stream name, type and id come first, at a fixed path,
 * so that filters and idempotency checks find them without decoding the rest.
 */
import { ByteWriter, fieldSize, varintSize } from './byte-writer.js';

export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** Where and when an event was recorded. */
export interface Place {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** 100-nanosecond ticks since 1970, as decimal text: what the protocol wants. */
  readonly created: string;
}

const TAG = { first: 0x0a, second: 0x12, third: 0x1a, mapEntry: 0x32, customMetadata: 0x3a, data: 0x42 };
const VARINT = { third: 0x18, fourth: 0x20, fifth: 0x28 };
const UUID_LENGTH = 36;
const ID_SIZE = fieldSize(fieldSize(UUID_LENGTH));

const mapEntry = (key: string, value: string): Buffer => {
  const length = fieldSize(key.length) + fieldSize(Buffer.byteLength(value));
  const entry = new ByteWriter(fieldSize(length)).field(TAG.mapEntry, length);
  entry.field(TAG.first, key.length).latin1(key).field(TAG.second, Buffer.byteLength(value)).utf8(value);
  return entry.bytes;
};

const CONTENT_TYPE = {
  json: mapEntry('content-type', 'application/json'),
  binary: mapEntry('content-type', 'application/octet-stream'),
};

/** An absent field reads as empty bytes, so empty ones are not written. */
const optionalSize = (bytes: Uint8Array): number => (bytes.length === 0 ? 0 : fieldSize(bytes.length));

const optionalField = (writer: ByteWriter, tag: number, bytes: Uint8Array): void => {
  if (bytes.length > 0) writer.field(tag, bytes.length).raw(bytes);
};

export const encodeRecord = (event: ProposedEvent, place: Place): Buffer => {
  const { revision, position } = place;
  const name = Buffer.from(place.stream);
  const type = mapEntry('type', event.type);
  const created = mapEntry('created', place.created);
  const contentType = event.isJson ? CONTENT_TYPE.json : CONTENT_TYPE.binary;
  const numbers = 3 + varintSize(revision) + 2 * varintSize(position);
  const bodies = optionalSize(event.metadata) + optionalSize(event.data);
  const texts = fieldSize(fieldSize(name.length)) + type.length + ID_SIZE + contentType.length + created.length;
  const recorded = texts + numbers + bodies;
  const readEvent = fieldSize(recorded) + 1 + varintSize(position);

  const writer = new ByteWriter(fieldSize(readEvent)).field(TAG.first, readEvent).field(TAG.first, recorded);
  writer.field(TAG.second, fieldSize(name.length)).field(TAG.third, name.length).raw(name);
  writer.raw(type);
  writer.field(TAG.first, fieldSize(UUID_LENGTH)).field(TAG.second, UUID_LENGTH).latin1(event.id);
  writer.field(VARINT.third, revision).field(VARINT.fourth, position).field(VARINT.fifth, position);
  writer.raw(contentType).raw(created);
  optionalField(writer, TAG.customMetadata, event.metadata);
  optionalField(writer, TAG.data, event.data);
  return writer.field(VARINT.third, position).bytes;
};
