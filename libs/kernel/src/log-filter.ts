import type { LoggedEvent, LogFilter } from './event-log.js';

/** Whether a filter lets an event through, as the log itself applies it. @throws RangeError of one that names nothing: the log would take it for none */
export const wantedBy = (filter: LogFilter): ((event: Pick<LoggedEvent, 'stream' | 'type'>) => boolean) => {
  const prefixes = prefixesOf(filter);
  return 'streamPrefixes' in filter
    ? ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix))
    : ({ type }) => prefixes.some((prefix) => type.startsWith(prefix));
};

/** @throws RangeError where there is none */
export const prefixesOf = (filter: LogFilter): readonly string[] => {
  const prefixes = 'streamPrefixes' in filter ? filter.streamPrefixes : filter.typePrefixes;
  if (prefixes.length === 0) throw new RangeError('A filter of the event log names at least one prefix.');
  return prefixes;
};
