/** Operations: what a client says and hears in a `BatchAppend` call. Bodies go in as they are. */
import {
  bytesOf,
  encode,
  type FieldWriter,
  readFields,
  uint64,
  writeBytes,
  writeEmpty,
  writeInteger,
  writeMessage,
  writeString,
} from '../codec/fields.js';
import { readUuid } from '../codec/uuid.js';
import { type ExportedEvent } from './exported-event.js';

/** Neighbours of one stream, which are appended whole or not at all, behind the revision before the first of them. */
export type Group = readonly [ExportedEvent, ...ExportedEvent[]];

export type Answer =
  /** No position if the server does not tell it. */
  | { readonly kind: 'appended'; readonly position: bigint | undefined }
  | { readonly kind: 'refused'; readonly reason: string };

export const encodeAppend = (correlationId: string, group: Group): Buffer =>
  encode((request) => {
    const [{ stream, revision }] = group;
    writeId(request, 1, correlationId);
    writeMessage(request, 2, (options) => {
      writeMessage(options, 1, (identifier) => writeString(identifier, 3, stream));
      if (revision === 0) writeEmpty(options, 3);
      else writeInteger(options, 2, revision - 1);
    });
    for (const event of group) writeMessage(request, 3, (message) => writeEvent(message, event));
    writeInteger(request, 4, 1);
  });

const writeId = (writer: FieldWriter, field: number, id: string): void =>
  writeMessage(writer, field, (uuid) => writeString(uuid, 2, id));

const writeEvent = (message: FieldWriter, { id, type, isJson, data, metadata }: ExportedEvent): void => {
  writeId(message, 1, id);
  writeProperty(message, 'type', type);
  writeProperty(message, 'content-type', isJson ? 'application/json' : 'application/octet-stream');
  writeBytes(message, 3, metadata);
  writeBytes(message, 4, data);
};

const writeProperty = (message: FieldWriter, key: string, value: string): void =>
  writeMessage(message, 2, (entry) => {
    writeString(entry, 1, key);
    writeString(entry, 2, value);
  });

export const readAnswer = (bytes: Uint8Array): { readonly correlationId: string; readonly answer: Answer } => {
  let correlationId = '';
  let answer: Answer = { kind: 'appended', position: undefined };
  readFields(bytes, {
    1: (reader) => (correlationId = readUuid(bytesOf(reader))),
    2: (reader) => (answer = { kind: 'refused', reason: messageOf(bytesOf(reader)) }),
    3: (reader) => (answer = { kind: 'appended', position: positionIn(bytesOf(reader)) }),
  });
  return { correlationId, answer };
};

const messageOf = (status: Uint8Array): string => {
  let message = '';
  readFields(status, { 2: (reader) => (message = reader.string()) });
  return message;
};

const positionIn = (success: Uint8Array): bigint | undefined => {
  let position: bigint | undefined;
  readFields(success, {
    3: (reader) => readFields(bytesOf(reader), { 1: (commit) => (position = uint64(commit)) }),
  });
  return position;
};
