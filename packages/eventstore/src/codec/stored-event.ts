/** Codec: a stored event taken apart whole, for those who check and copy stores; readers get the bytes as they are. */
import { bytesOf, int64, MalformedMessage, readFields } from './fields.js';
import { encodeRecord, type Place, type ProposedEvent } from './recorded-event.js';
import { readUuid } from './uuid.js';

export interface StoredEvent extends ProposedEvent, Place {}

const NOTHING: Buffer = Buffer.alloc(0);

/** @throws MalformedMessage unless the bytes are exactly those that would be stored for the event. */
export const decodeRecord = (record: Buffer): StoredEvent => {
  const event = readRecord(record);
  if (!encodeRecord(event, event).equals(record)) throw new MalformedMessage('The event is not in its stored form.');
  return event;
};

/** Whatever can be read of it. */
export const readRecord = (record: Buffer): StoredEvent => {
  const properties = new Map<string, string>();
  const draft = { id: '', stream: '', revision: 0, position: 0, data: NOTHING, metadata: NOTHING };
  const readRecorded = {
    1: bytesTo((bytes) => (draft.id = readUuid(bytes))),
    2: bytesTo((bytes) => readFields(bytes, { 3: bytesTo((name) => (draft.stream = name.toString())) })),
    3: (reader: Reader) => (draft.revision = Number(int64(reader))),
    4: (reader: Reader) => (draft.position = Number(int64(reader))),
    6: bytesTo((bytes) => readProperty(bytes, properties)),
    7: bytesTo((bytes) => (draft.metadata = bytes)),
    8: bytesTo((bytes) => (draft.data = bytes)),
  };
  readFields(record, {
    1: bytesTo((event) => readFields(event, { 1: bytesTo((it) => readFields(it, readRecorded)) })),
  });
  const property = (name: string): string => properties.get(name) ?? '';
  const isJson = property('content-type') === 'application/json';
  return { ...draft, type: property('type'), created: property('created'), isJson };
};

type Reader = Parameters<typeof bytesOf>[0];

const bytesTo =
  (take: (bytes: Buffer) => unknown) =>
  (reader: Reader): unknown =>
    take(bytesOf(reader));

const readProperty = (entry: Buffer, properties: Map<string, string>): void => {
  const pair = { key: '', value: '' };
  readFields(entry, {
    1: (reader) => (pair.key = reader.string()),
    2: (reader) => (pair.value = reader.string()),
  });
  properties.set(pair.key, pair.value);
};
