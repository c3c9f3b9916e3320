/**
 * Codec: the properties of a record, values of `google.protobuf.Value`, as the JSON that readers get as metadata. Text all the way: an
 * object would change the order of keys, and know some of them already.
 */
import { bytesOf, type FieldReader, MalformedMessage, readFields } from './fields.js';

/** The JSON of each value by its key, in the order in which they came. */
export type Properties = Map<string, string>;

/** What protobuf itself bounds nesting to. */
const DEEPEST = 100;

export const jsonOf = (properties: Properties): string =>
  `{${[...properties].map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;

/** Adds what an entry of the map holds. @throws MalformedMessage */
export const readEntry = (bytes: Uint8Array, properties: Properties, depth = 0): void => {
  let key = '';
  let value = 'null';
  readFields(bytes, {
    1: (reader) => (key = reader.string()),
    2: (reader) => (value = readValue(bytesOf(reader), depth)),
  });
  properties.set(key, value);
};

const readValue = (bytes: Uint8Array, depth: number): string => {
  if (depth > DEEPEST) throw new MalformedMessage('The properties of a record are nested too deeply.');
  let json = 'null';
  readFields(bytes, {
    1: (reader) => {
      reader.int32();
      json = 'null';
    },
    2: (reader) => (json = readNumber(reader)),
    3: (reader) => (json = JSON.stringify(reader.string())),
    4: (reader) => (json = String(reader.bool())),
    5: (reader) => (json = jsonOf(readStruct(bytesOf(reader), depth))),
    6: (reader) => (json = `[${readList(bytesOf(reader), depth).join(',')}]`),
  });
  return json;
};

const readNumber = (reader: FieldReader): string => {
  const number = reader.double();
  if (!Number.isFinite(number))
    throw new MalformedMessage('A property of a record is a number that JSON does not have.');
  return JSON.stringify(number);
};

const readStruct = (bytes: Uint8Array, depth: number): Properties => {
  const properties: Properties = new Map();
  readFields(bytes, { 1: (reader) => readEntry(bytesOf(reader), properties, depth + 1) });
  return properties;
};

const readList = (bytes: Uint8Array, depth: number): string[] => {
  const values: string[] = [];
  readFields(bytes, { 1: (reader) => values.push(readValue(bytesOf(reader), depth + 1)) });
  return values;
};
