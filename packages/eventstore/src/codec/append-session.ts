/** Codec: the messages of `StreamsService/AppendSession`, in which one request appends to several streams. */
import { type ExpectedRevision } from '../semantics/append-decision.js';
import {
  bytesOf,
  encode,
  MalformedMessage,
  readFields,
  sint64,
  writeMessage,
  writeSint,
  writeString,
} from './fields.js';
import { fieldSize } from './byte-writer.js';
import { jsonOf, type Properties, readEntry } from './json-properties.js';
import { type ProposedEvent } from './recorded-event.js';
import { EMPTY_UUID, readUuidText } from './uuid.js';

export interface AppendRequest {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly records: readonly Buffer[];
}

/** What the server counts of a record, besides. */
export interface Sized {
  readonly event: ProposedEvent;
  readonly bytes: number;
}

const EXPECTED: Readonly<Record<string, ExpectedRevision>> = { '-1': 'no_stream', '-2': 'any', '-4': 'stream_exists' };
const JSON_FORMAT = 1;
const FORMATS: Readonly<Record<number, string>> = { 1: 'Json', 2: 'Protobuf', 3: 'Avro', 4: 'Bytes' };
const SCHEMA_NAME = /^[\p{L}\p{N}_.$:-]+$/u;

/** @throws MalformedMessage */
export const readAppendRequest = (bytes: Uint8Array): AppendRequest => {
  const request: { stream: string; expected: bigint; records: Buffer[] } = { stream: '', expected: -2n, records: [] };
  readFields(bytes, {
    1: (reader) => (request.stream = reader.string()),
    2: (reader) => request.records.push(bytesOf(reader)),
    3: (reader) => (request.expected = sint64(reader)),
  });
  const expected = request.expected >= 0n ? request.expected : EXPECTED[String(request.expected)];
  if (expected === undefined) throw new MalformedMessage(`No stream can be expected to be at ${request.expected}.`);
  if (request.records.length === 0) throw new MalformedMessage(`An append to '${request.stream}' has no records.`);
  return { ...request, expected };
};

/** @param newId for a record without one @throws MalformedMessage */
export const readAppendRecord = (bytes: Uint8Array, newId: () => string): Sized => {
  const properties: Properties = new Map();
  const schema = { format: 0, name: '', id: undefined as string | undefined };
  let id: string | undefined;
  let data: Buffer = Buffer.alloc(0);
  let propertyBytes = 0;
  readFields(bytes, {
    1: (reader) => (id = readUuidText(reader.string())),
    2: (reader) => {
      const entry = bytesOf(reader);
      propertyBytes += fieldSize(entry.length);
      readEntry(entry, properties);
    },
    3: (reader) =>
      readFields(bytesOf(reader), {
        1: (field) => (schema.format = field.int32()),
        2: (field) => (schema.name = field.string()),
        3: (field) => (schema.id = field.string()),
      }),
    4: (reader) => (data = bytesOf(reader)),
  });
  const format = FORMATS[schema.format];
  if (format === undefined) throw new MalformedMessage('The schema of a record has no format that there is.');
  if (!SCHEMA_NAME.test(schema.name) || schema.name !== schema.name.normalize('NFC')) {
    throw new MalformedMessage('The schema name of a record has letters, digits and _.$:- only.');
  }
  if (id === EMPTY_UUID) throw new MalformedMessage('A record needs an id other than the empty UUID.');
  if (properties.has('')) throw new MalformedMessage('A property of a record has no name.');
  describe(properties, schema, format);
  const isJson = schema.format === JSON_FORMAT;
  const event = { id: id ?? newId(), type: schema.name, isJson, data, metadata: Buffer.from(jsonOf(properties)) };
  return { event, bytes: data.length + propertyBytes + Buffer.byteLength(schema.name) };
};

/** As the server shows them to who reads by the older protocol, where the schema is known before the event's name. */
const describe = (
  properties: Properties,
  schema: { name: string; format: number; id: string | undefined },
  format: string,
): void => {
  if (schema.format !== JSON_FORMAT) properties.set('$schema.format', JSON.stringify(format));
  if (schema.id !== undefined) properties.set('$schema.id', JSON.stringify(schema.id));
  properties.set('$schema.name', JSON.stringify(schema.name));
  if (schema.format === JSON_FORMAT) properties.set('$schema.format', JSON.stringify(format));
};

export interface Appended {
  readonly stream: string;
  readonly revision: number;
}

/** @param position of the last event of the request */
export const encodeSessionResponse = (appended: readonly Appended[], position: number): Buffer =>
  encode((writer) => {
    for (const { stream, revision } of appended) {
      writeMessage(writer, 1, (output) => {
        writeString(output, 1, stream);
        writeSint(output, 2, revision);
      });
    }
    writeSint(writer, 2, position);
  });
