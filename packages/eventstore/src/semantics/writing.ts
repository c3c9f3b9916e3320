/** Semantics: what writes to a storage, put together: one memory of recent ids and of streams for all of it. */
import { type NewEvent, type Storage } from '../storage/storage.js';
import { type Append, Appender, type AppendOutcome, type TogetherOutcome } from './append.js';
import { Deleter, type Deletion, type DeletionOutcome } from './deletion.js';
import { LogWriter, type LogWriterOptions } from './log-writer.js';
import { RecentIds } from './recent-ids.js';
import { streamFacts } from './stream-facts.js';
import { type Streams } from './streams.js';

export interface Writing {
  append(append: Append, written: NewEvent[]): AppendOutcome;
  appendTogether(appends: readonly Append[], written: NewEvent[]): TogetherOutcome;
  delete(deletion: Deletion, written: NewEvent[]): DeletionOutcome;
}

/** To be called within a transaction of the storage; what it writes is added to `written`. */
export const writingTo = (storage: Storage, streams: Streams, options: LogWriterOptions): Writing => {
  const recentIds = new RecentIds();
  const writer = new LogWriter(storage, streams, recentIds, options);
  const factsOf = streamFacts(storage, streams, recentIds);
  const appender = new Appender(streams, writer, factsOf);
  const deleter = new Deleter(writer, factsOf);
  return {
    append: (append, written) => appender.append(append, written),
    appendTogether: (appends, written) => appender.appendTogether(appends, written),
    delete: (deletion, written) => deleter.delete(deletion, written),
  };
};
