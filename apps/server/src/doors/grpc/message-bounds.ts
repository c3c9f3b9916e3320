import type { Violation } from '#kernel';
import protobuf from 'protobufjs';
import { isTooDeep, tooDeep, tooManyValues } from '../../pipeline/json-bounds.js';

const WIRE_TYPE_BITS = 3;
const WIRE_TYPE_MASK = 7;
const LENGTH_DELIMITED = 2;

/** A message in a message begins with its length: where it ends, and what it is. */
interface Within {
  readonly type: protobuf.Type | undefined;
  readonly end: number;
  readonly depth: number;
}

/**
 * What is more of a message than anybody has a use for, by the fields on the wire: two bytes are an object once they are decoded.
 * @throws RangeError | Error where the bytes are no message
 */
export const excessOf = (type: protobuf.Type, bytes: Uint8Array, valuesMax: number): Violation | null => {
  const reader = protobuf.Reader.create(bytes);
  const open: Within[] = [{ type, end: reader.len, depth: 1 }];
  let values = 0;
  for (let within = open.at(-1); within !== undefined; within = open.at(-1)) {
    if (reader.pos >= within.end) {
      open.pop();
      continue;
    }
    if (++values > valuesMax) return tooManyValues(valuesMax);
    const tag = reader.uint32();
    const field = within.type?.fieldsById[tag >>> WIRE_TYPE_BITS];
    if ((tag & WIRE_TYPE_MASK) !== LENGTH_DELIMITED) {
      reader.skipType(tag & WIRE_TYPE_MASK);
      continue;
    }
    const length = reader.uint32();
    if (field && isMessage(field)) {
      if (isTooDeep(within.depth + 1)) return tooDeep;
      open.push({ type: typeIn(field), end: reader.pos + length, depth: within.depth + 1 });
    } else {
      // Numbers may come packed, each in a byte.
      if (field?.repeated && isPackable(field)) values += length;
      reader.skip(length);
    }
  }
  return null;
};

const isMessage = ({ map, resolvedType }: protobuf.Field): boolean => map || resolvedType instanceof protobuf.Type;

/** Entries of a map are messages of a key and a value; what the value is made of is counted with it. */
const typeIn = (field: protobuf.Field): protobuf.Type | undefined => {
  const { resolvedType } = field;
  if (!field.map) return resolvedType as protobuf.Type;
  return resolvedType instanceof protobuf.Type ? entryOf(resolvedType) : undefined;
};

const entries = new Map<protobuf.Type, protobuf.Type>();

const entryOf = (value: protobuf.Type): protobuf.Type => {
  const known = entries.get(value);
  if (known) return known;
  const field = new protobuf.Field('value', 2, value.fullName);
  field.resolvedType = value;
  const entry = new protobuf.Type('Entry').add(field);
  entries.set(value, entry);
  return entry;
};

const isPackable = ({ type }: protobuf.Field): boolean => type !== 'string' && type !== 'bytes';
