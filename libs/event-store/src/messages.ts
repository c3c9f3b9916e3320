import { type LoggedEvent } from '#kernel';

import {
  commitPosition,
  eachField,
  eachFieldOfMessage,
  type FieldReader,
  position,
  readerOf,
  revision,
  textIn,
} from './fields.js';

/** What a read or a subscription delivers, as far as this adapter cares. */
export type Message =
  | { readonly kind: 'event'; readonly event: LoggedEvent; readonly bytes: number }
  | { readonly kind: 'checkpoint'; readonly position: bigint }
  | { readonly kind: 'caught_up' }
  | { readonly kind: 'other' };

/** An event without what it says: any event of any application has these. */
export type Envelope = Pick<LoggedEvent, 'stream' | 'type' | 'position'>;

/** Somebody wrote what is not ours into a stream that is read. */
export class NotJson extends Error {
  override readonly name = 'NotJson';

  constructor(stream: string, options: ErrorOptions) {
    super(`Stream ${stream} holds an event that is not JSON.`, options);
  }
}

type Draft = { -readonly [Key in keyof LoggedEvent]: LoggedEvent[Key] };
type Take = (field: number) => boolean;

const CAUGHT_UP: Message = { kind: 'caught_up' };
const OTHER: Message = { kind: 'other' };

/** The numbers here and below are those of `ReadResp` in the protocol's `streams.proto`. */
export const decodeMessage = (bytes: Buffer): Message => {
  const reader = readerOf(bytes);
  let message: Message = OTHER;
  eachField(reader, reader.len, (field) => {
    if (field === 1)
      message = { kind: 'event', event: decodeEvent(reader, (draft) => takeEvent(reader, draft)), bytes: bytes.length };
    else if (field === 3) message = { kind: 'checkpoint', position: commitPosition(reader) };
    else if (field === 8) message = CAUGHT_UP;
    return field === 1 || field === 3;
  });
  return message;
};

/** Undefined for messages that are not events. */
export const decodeEnvelope = (bytes: Buffer): Envelope | undefined => {
  const reader = readerOf(bytes);
  let envelope: Envelope | undefined;
  eachField(reader, reader.len, (field) => {
    if (field === 1) envelope = decodeEvent(reader, (draft) => takeEnvelope(reader, draft));
    return field === 1;
  });
  return envelope;
};

const decodeEvent = (reader: FieldReader, takeOf: (draft: Draft) => Take): LoggedEvent => {
  const draft: Draft = { id: '', type: '', stream: '', revision: 0, position: 0n, data: {}, metadata: {} };
  const take = takeOf(draft);
  eachFieldOfMessage(reader, (field) => {
    if (field === 1) eachFieldOfMessage(reader, take);
    return field === 1;
  });
  return draft;
};

const takeEnvelope =
  (reader: FieldReader, draft: Draft): Take =>
  (field) => {
    if (field === 2) draft.stream = textIn(reader, 3);
    else if (field === 5) draft.position = position(reader);
    else if (field === 6) takeProperty(reader, draft);
    else return false;
    return true;
  };

const takeEvent = (reader: FieldReader, draft: Draft): Take => {
  const takeRest = takeEnvelope(reader, draft);
  return (field) => {
    if (field === 1) draft.id = textIn(reader, 2);
    else if (field === 3) draft.revision = revision(reader);
    else if (field === 7) draft.metadata = withoutSchema(decodeJson(reader, draft));
    else if (field === 8) draft.data = decodeJson(reader, draft);
    else return takeRest(field);
    return true;
  };
};

const takeProperty = (reader: FieldReader, draft: Draft): void => {
  let key = '';
  eachFieldOfMessage(reader, (field) => {
    if (field === 1) key = reader.string();
    else if (field === 2 && key === 'type') draft.type = reader.string();
    else return false;
    return true;
  });
};

/** What a server adds to the metadata of an event that came by its newer protocol: nobody said that, and no hash covers it. */
const withoutSchema = (metadata: LoggedEvent['metadata']): LoggedEvent['metadata'] => {
  // Others may have written anything, also `null`.
  if (!Object.hasOwn(Object(metadata) as object, '$schema.name')) return metadata;
  const { '$schema.name': _name, '$schema.format': _format, ...said } = metadata;
  return said;
};

const decodeJson = (reader: FieldReader, { stream }: Draft): LoggedEvent['data'] => {
  const text = reader.string();
  try {
    return JSON.parse(text) as LoggedEvent['data'];
  } catch (error) {
    throw new NotJson(stream, { cause: error });
  }
};
