import { eventTypeFilter, type Filter, streamNameFilter } from '@eventstore/db-client';

import { type LogFilter } from '#kernel';

import { type Envelope } from './messages.js';

/** Events that the server looks at between two checkpoints. Fewer than these are never accounted for by one. */
export const CONSIDERED_PER_CHECKPOINT = 128;

/** The filter as the server is asked to apply it. */
export const serverFilter = (filter: LogFilter): Filter => {
  const options = { maxSearchWindow: CONSIDERED_PER_CHECKPOINT, checkpointInterval: 1 };
  if ('streamPrefixes' in filter) {
    return streamNameFilter({ prefixes: nonEmpty(filter.streamPrefixes), ...options });
  }
  return eventTypeFilter({ prefixes: nonEmpty(filter.typePrefixes), ...options });
};

/** The same filter for events that were read without it. */
export const wants = (filter: LogFilter, { stream, type }: Envelope): boolean =>
  'streamPrefixes' in filter
    ? filter.streamPrefixes.some((prefix) => stream.startsWith(prefix))
    : filter.typePrefixes.some((prefix) => type.startsWith(prefix));

/** The server would take no prefixes for no filter. */
const nonEmpty = (prefixes: readonly string[]): string[] => {
  if (prefixes.length === 0) throw new RangeError('A filter of the event log names at least one prefix.');
  return [...prefixes];
};
