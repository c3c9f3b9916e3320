/** Semantics: which events of the log a filtered read or subscription delivers. */
import { isOfSystemStream, streamNameOf, typeOf } from '../codec/record-fields.js';
import { matchesPattern } from '../patterns/pattern.js';

export interface FilterRequest {
  readonly on: 'stream' | 'type';
  /** Empty if there is a pattern. */
  readonly prefixes: readonly string[];
  readonly pattern: string | undefined;
}

/** Takes the encoded event. */
export type EventFilter = (record: Buffer) => boolean;

export const everyEvent: EventFilter = () => true;

const EPOCHS = '$epoch-information';
const LOG_GROUPS = '$persistentsubscription-$all::';

/** What the whole log shows: all but the server's own book-keeping. */
export const shownInLog: EventFilter = (record) => {
  if (!isOfSystemStream(record)) return true;
  const name = streamNameOf(record);
  const isOfGroup = name.startsWith(LOG_GROUPS) && (name.endsWith('-checkpoint') || name.endsWith('-parked'));
  return name !== EPOCHS && !isOfGroup;
};

/** @throws InvalidPattern */
export const eventFilter = ({ on, prefixes, pattern }: FilterRequest): EventFilter => {
  const matches = pattern === undefined ? startsWithAny(prefixes) : matchesPattern(pattern);
  const nameOf = on === 'stream' ? streamNameOf : typeOf;
  return (record) => matches(nameOf(record)) && shownInLog(record);
};

const startsWithAny =
  (prefixes: readonly string[]) =>
  (name: string): boolean =>
    prefixes.some((prefix) => name.startsWith(prefix));
