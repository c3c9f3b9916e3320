/** How a field of a request is written in JSON where Protobuf has no word for it. */
export type Form =
  /** What is absent is null, an empty list or an empty map: JSON wants it said. */
  | 'null'
  | 'list'
  | 'map'
  /** Null where the message, or that of a member, is empty. */
  | 'null if empty'
  /** Its fields stand beside it. */
  | 'spread'
  /** Of an answer: members that are null are left out. */
  | 'without nulls';

export interface Field {
  /** As in JSON. */
  readonly name: string;
  readonly type: string;
  readonly repeated: boolean;
  /** Whether it can be told from the zero of its type that it was not set. */
  readonly optional: boolean;
  readonly comment: string;
  readonly form?: Form;
}

export interface Message {
  readonly name: string;
  readonly comment: string;
  readonly fields: readonly Field[];
}

export interface Rpc {
  readonly name: string;
  readonly comment: string;
  readonly request: string;
  readonly answer: string;
  readonly streams: boolean;
}

/** All that the `.proto` declares, but for the numbers. */
export interface Protocol {
  readonly rpcs: readonly Rpc[];
  readonly messages: readonly Message[];
}

/** Messages around a text that may be taken away: of a field, and of a map. */
export const NULLABLE_TEXT = 'NullableText';
export const MAP_TEXT = 'MetadataText';
export const TEXTS: readonly string[] = [NULLABLE_TEXT, MAP_TEXT];

/** How the name of a message begins that a stream sends with the position to go on from. */
export const TOLD = 'Told';

/** How the names of messages end whose fields JSON has beside each other. */
export const FILTER = 'Filter';

export const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
