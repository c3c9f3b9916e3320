/** Codec: UUID messages, which clients send as text or as two 64-bit halves. */
import { bytesOf, int64, MalformedMessage, readFields } from './fields.js';

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const EMPTY_UUID = '00000000-0000-0000-0000-000000000000';

/** In lower case; a message without fields is the empty UUID, as everywhere in protobuf. */
export const readUuid = (bytes: Uint8Array): string => {
  let uuid = EMPTY_UUID;
  readFields(bytes, {
    1: (reader) => (uuid = fromHalves(bytesOf(reader))),
    2: (reader) => (uuid = readUuidText(reader.string())),
  });
  return uuid;
};

/** In lower case. @throws MalformedMessage */
export const readUuidText = (text: string): string => {
  if (CANONICAL.test(text)) return text;
  const lower = text.toLowerCase();
  if (!CANONICAL.test(lower)) throw new MalformedMessage(`"${text.slice(0, 64)}" is not a UUID.`);
  return lower;
};

const fromHalves = (bytes: Uint8Array): string => {
  const halves = Buffer.alloc(16);
  readFields(bytes, {
    1: (reader) => halves.writeBigInt64BE(int64(reader), 0),
    2: (reader) => halves.writeBigInt64BE(int64(reader), 8),
  });
  const hex = halves.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

export const uuidHalves = (uuid: string): readonly [high: bigint, low: bigint] => {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex');
  return [bytes.readBigInt64BE(0), bytes.readBigInt64BE(8)];
};
