import { refuse, toJson, type Event, type Instant, type Json, type LoggedEvent } from '#kernel';
import { Compile, type Validator } from 'typebox/compile';
import type { StoredEvent } from './events/stored-event.js';
import { metadataOf, type EventMetadata } from './metadata.js';
import { isStoredEventType, STORED_EVENTS, type StoredEventType } from './stored-events.js';
import { moneyReading } from './stored-money.js';

/** A fact as the log has it, read into memory. */
export interface Stored<Fact extends Event = Event> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly fact: Fact;
  readonly metadata: EventMetadata;
}

/** The log holds something that this version does not know: it refuses to go on, it never skips. */
export class UnknownStoredEvent extends Error {
  constructor({ type, stream, revision }: LoggedEvent, version: number) {
    super(`${stream}@${revision} is a ${type} of version ${version}, which this version of Recount does not know.`);
    this.name = 'UnknownStoredEvent';
  }
}

const validators = new Map<string, Validator>();

const validatorOf = (type: keyof typeof STORED_EVENTS): Validator => {
  let validator = validators.get(type);
  if (!validator) validators.set(type, (validator = Compile(STORED_EVENTS[type].shape)));
  return validator;
};

const readings = new Map<string, ReturnType<typeof moneyReading>>();

const readingOf = (type: keyof typeof STORED_EVENTS): ReturnType<typeof moneyReading> => {
  let reading = readings.get(type);
  if (!reading) readings.set(type, (reading = moneyReading(STORED_EVENTS[type].shape)));
  return reading;
};

export interface EncodedEvent {
  readonly data: { readonly [key: string]: Json };
  /** The bytes that will be stored. */
  readonly text: string;
  readonly schemaVersion: number;
}

/** NUL and lone surrogates, as JSON escapes them: Postgres and other readers would refuse them later. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** @throws Error if the fact does not have its stored shape; DomainError `invalid_text` if a text cannot be stored */
export const encodeEvent = ({ type, data }: Event): EncodedEvent => {
  if (!isStoredEventType(type)) throw new TypeError(`${type} is not a stored event.`);
  const json = toJson(data) as { readonly [key: string]: Json };
  const validator = validatorOf(type);
  if (!validator.Check(json)) {
    const [first] = validator.Errors(json);
    throw new TypeError(`${type}${first?.instancePath ?? ''} ${first?.message ?? 'does not have its stored shape'}.`);
  }
  const text = JSON.stringify(json);
  if (text.includes('\\u') && UNSTORABLE.test(text))
    refuse('invalid_text', 'A text holds NUL or half a surrogate pair.', 'invalid');
  return { data: json, text, schemaVersion: STORED_EVENTS[type].version };
};

/** When the fact counts in business: its own field, or recorded time. */
export const effectiveAt = ({ type, data }: Event, recordedAt: Instant): string => {
  const { effective } = STORED_EVENTS[type as keyof typeof STORED_EVENTS] as StoredEvent;
  return effective === undefined ? recordedAt : (data as Record<string, string>)[effective]!;
};

/** The type of an event that this version can read. @throws UnknownStoredEvent */
export const knownTypeOf = (logged: LoggedEvent): StoredEventType => {
  const { type } = logged;
  const { schemaVersion } = metadataOf(logged);
  if (isStoredEventType(type) && schemaVersion <= STORED_EVENTS[type].version) return type;
  throw new UnknownStoredEvent(logged, schemaVersion);
};

/** @throws UnknownStoredEvent */
export const decodeEvent = <Fact extends Event>(logged: LoggedEvent): Stored<Fact> => {
  const type = knownTypeOf(logged);
  const { id, stream, revision, position, data } = logged;
  const metadata = metadataOf(logged);
  readingOf(type)(data);
  return { id, stream, revision, position, fact: { type, data } as unknown as Fact, metadata };
};
