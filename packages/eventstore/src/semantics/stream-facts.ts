/** Semantics: what a decision about a stream may ask, answered from storage and memory. */
import { idOf } from '../codec/record-fields.js';
import { NO_EVENTS, type Storage, TOMBSTONE_REVISION } from '../storage/storage.js';
import { type StoredId, type StreamFacts } from './append-decision.js';
import { type RecentIds } from './recent-ids.js';
import { isSoftDeleted, metadataStreamOf } from './stream-metadata.js';
import { type Streams } from './streams.js';

export const streamFacts = (
  storage: Storage,
  streams: Streams,
  recentIds: RecentIds,
): ((stream: string) => StreamFacts) => {
  function* storedAfter(stream: string, revision: number): Generator<StoredId> {
    for (const event of storage.streamEvents(stream, revision + 1, 'forward')) {
      yield { id: idOf(event.record), position: event.position };
    }
  }
  return (stream) => {
    const current = storage.lastRevision(stream);
    // Metadata of a stream that ended are not shown any more, but may still be written.
    const tombstoned = current === TOMBSTONE_REVISION;
    return {
      stream,
      current,
      tombstoned,
      // What ended for ever does not come back, also if it was only deleted before.
      softDeleted: !tombstoned && isSoftDeleted(streams.metadataOf(stream)),
      hasMetadata: () => storage.lastRevision(metadataStreamOf(stream)) !== NO_EVENTS,
      storedAfter: (revision) => storedAfter(stream, revision),
      recent: (id) => recentIds.find(id),
    };
  };
};
