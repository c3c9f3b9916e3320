import { eventTypeFilter, type Filter, streamNameFilter } from '@eventstore/db-client';

import { type LogFilter, prefixesOf } from '#kernel';

/** Events that the server looks at between two checkpoints. Fewer than these are never accounted for by one. */
export const CONSIDERED_PER_CHECKPOINT = 128;

/** The filter as the server is asked to apply it. */
export const serverFilter = (filter: LogFilter): Filter => {
  const options = {
    prefixes: [...prefixesOf(filter)],
    maxSearchWindow: CONSIDERED_PER_CHECKPOINT,
    checkpointInterval: 1,
  };
  return 'streamPrefixes' in filter ? streamNameFilter(options) : eventTypeFilter(options);
};
