import { refuse, toJson, type Event, type Instant, type Json, type LoggedEvent } from '#kernel';
import { Compile, type Validator } from 'typebox/compile';
import { metadataOf, type EventMetadata } from './metadata.js';
import type { FactKind, Upcasters } from './facts/fact.js';
import { FACTS, isFactType, type Fact, type FactType } from './facts/facts.js';
import { moneyReading } from './stored-money.js';

/** A fact as the log has it, read into memory. */
export interface Stored<One extends Event = Event> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly fact: One;
  readonly metadata: EventMetadata;
}

/** A fact by its stored name, as the log has it. */
export type StoredFact<Type extends FactType> = Stored<Fact<Type>>;

/** The log holds something that this version does not know: it refuses to go on, it never skips. */
export class UnknownStoredEvent extends Error {
  constructor({ type, stream, revision }: LoggedEvent, version: number) {
    super(`${stream}@${revision} is a ${type} of version ${version}, which this version of Recount does not know.`);
    this.name = 'UnknownStoredEvent';
  }
}

const validators = new Map<string, Validator>();

const validatorOf = (type: FactType): Validator => {
  let validator = validators.get(type);
  if (!validator) validators.set(type, (validator = Compile(FACTS[type].shape)));
  return validator;
};

const readings = new Map<string, ReturnType<typeof moneyReading>>();

const readingOf = (type: FactType): ReturnType<typeof moneyReading> => {
  let reading = readings.get(type);
  if (!reading) readings.set(type, (reading = moneyReading(FACTS[type].shape)));
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
  if (!isFactType(type)) throw new TypeError(`${type} is not a stored event.`);
  const json = toJson(data) as { readonly [key: string]: Json };
  const validator = validatorOf(type);
  if (!validator.Check(json)) {
    const [first] = validator.Errors(json);
    throw new TypeError(`${type}${first?.instancePath ?? ''} ${first?.message ?? 'does not have its stored shape'}.`);
  }
  const text = JSON.stringify(json);
  if (text.includes('\\u') && UNSTORABLE.test(text))
    refuse('invalid_text', 'A text holds NUL or half a surrogate pair.', 'invalid');
  return { data: json, text, schemaVersion: FACTS[type].version };
};

/** When the fact counts in business: its own field, or recorded time. */
export const effectiveAt = ({ type, data }: Event, recordedAt: Instant): string => {
  const { effective } = FACTS[type as FactType] as FactKind;
  return effective === undefined ? recordedAt : (data as Record<string, string>)[effective]!;
};

/** The type of an event that this version can read, be it by upcasters. @throws UnknownStoredEvent */
export const knownTypeOf = (logged: LoggedEvent): FactType => {
  const { type } = logged;
  const { schemaVersion } = metadataOf(logged);
  if (isFactType(type) && upcastersFrom(FACTS[type], schemaVersion) !== undefined) return type;
  throw new UnknownStoredEvent(logged, schemaVersion);
};

/** One for each version up to the present one; undefined where one is missing. */
const upcastersFrom = ({ version, upcasters = {} }: FactKind, stored: number): Upcasters[number][] | undefined => {
  const path: Upcasters[number][] = [];
  for (let at = stored; at !== version; at++) {
    const upcaster = upcasters[at];
    if (!upcaster) return undefined;
    path.push(upcaster);
  }
  return path;
};

const asOfNow = (kind: FactKind, stored: number, data: LoggedEvent['data']): LoggedEvent['data'] =>
  stored === kind.version ? data : upcastersFrom(kind, stored)!.reduce((was, upcast) => upcast(was), data);

/** @throws UnknownStoredEvent */
export const decodeEvent = <One extends Event>(logged: LoggedEvent): Stored<One> => {
  const type = knownTypeOf(logged);
  const { id, stream, revision, position } = logged;
  const metadata = metadataOf(logged);
  const data = asOfNow(FACTS[type], metadata.schemaVersion, logged.data);
  readingOf(type)(data);
  return { id, stream, revision, position, fact: { type, data } as unknown as One, metadata };
};
