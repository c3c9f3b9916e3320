import protobuf from 'protobufjs';
import type { Payload } from '../http-form.js';
import { asJson } from './json-form.js';
import { excessOf } from './message-bounds.js';

/** Bytes that are no message of the type that the rpc takes, or one of more than it takes. */
export class UnreadableRequest {
  constructor(
    readonly reason: string,
    readonly code = 'invalid_protobuf',
  ) {}
}

interface Message {
  /** Fields that the type does not have, each with its tag. */
  readonly $unknowns?: readonly Uint8Array[];
  readonly [field: string]: unknown;
}

/**
 * Reads requests as strictly as JSON is read: a field that this server does not know is not passed over. It shows under its number,
 * where the checks of the command refuse it like any other field that is not there.
 */
export const requestReader =
  (type: protobuf.Type, valuesMax: number) =>
  (bytes: Uint8Array): Payload | UnreadableRequest => {
    try {
      const excess = excessOf(type, bytes, valuesMax);
      if (excess) return new UnreadableRequest(excess.message, excess.code);
      const reader = protobuf.Reader.create(bytes);
      reader.discardUnknown = false;
      const message = type.decode(reader);
      const request = type.toObject(message, { longs: String });
      addUnknown(type, message, request);
      return asJson(type, request);
    } catch (error) {
      return new UnreadableRequest(error instanceof Error ? error.message : String(error));
    }
  };

const addUnknown = (type: protobuf.Type, message: Message, object: Record<string, unknown>): void => {
  for (const field of message.$unknowns ?? []) object[String(protobuf.Reader.create(field).uint32() >>> 3)] = '?';
  for (const { name, resolvedType, map } of type.fieldsArray) {
    if (!(resolvedType instanceof protobuf.Type) || object[name] === undefined) continue;
    const members = membersOf(message[name], map) as Message[];
    const objects = membersOf(object[name], map) as Record<string, unknown>[];
    members.forEach((member, index) => addUnknown(resolvedType, member, objects[index]!));
  }
};

const membersOf = (value: unknown, isMap: boolean): unknown[] =>
  isMap ? Object.values(value as object) : [value].flat();
