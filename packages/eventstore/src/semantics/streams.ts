/** Semantics: what is known of each stream: its metadata, kept in memory, whether it ended, and which events it shows. */
import { LRUCache } from 'lru-cache';

import { createdOf, dataOf, isJson } from '../codec/record-fields.js';
import { NO_EVENTS, type Storage, type StreamEvent, TOMBSTONE_REVISION } from '../storage/storage.js';
import {
  isMetadataStream,
  isSoftDeleted,
  metadataStreamOf,
  NO_METADATA,
  OF_METADATA_STREAM,
  originalStreamOf,
  parseStreamMetadata,
  type StreamMetadata,
} from './stream-metadata.js';

/** The revisions that a stream shows; none if the first comes after the last. */
export interface Shown {
  readonly kind: 'shown';
  readonly first: number;
  readonly last: number;
}

/** `missing` also for a stream that is deleted and may come back; `tombstoned` for one that never does. */
export type StreamView = Shown | { readonly kind: 'missing' } | { readonly kind: 'tombstoned' };

/** The stream ended for ever. */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';

  constructor(readonly stream: string) {
    super(`Event stream '${stream}' is deleted.`);
  }
}

const CACHED_STREAMS = 100_000;
const MISSING: StreamView = { kind: 'missing' };
const TOMBSTONED: StreamView = { kind: 'tombstoned' };

export class Streams {
  private readonly metadata = new LRUCache<string, StreamMetadata>({ max: CACHED_STREAMS });

  constructor(
    private readonly storage: Storage,
    private readonly now: () => number,
  ) {}

  metadataOf(stream: string): StreamMetadata {
    if (isMetadataStream(stream)) return OF_METADATA_STREAM;
    const known = this.metadata.get(stream);
    if (known !== undefined) return known;
    const record = this.metadataRecordOf(stream)?.record;
    const found = record !== undefined && isJson(record) ? parseStreamMetadata(dataOf(record)) : NO_METADATA;
    this.metadata.set(stream, found);
    return found;
  }

  /** The event that holds a stream's metadata. */
  metadataRecordOf(stream: string): StreamEvent | undefined {
    const metadataStream = metadataStreamOf(stream);
    const last = this.storage.lastRevision(metadataStream);
    if (last === NO_EVENTS || last === TOMBSTONE_REVISION) return undefined;
    return this.eventAt(metadataStream, last);
  }

  /** To be called for every stream that was written: metadata may have changed. */
  changed(stream: string): void {
    if (isMetadataStream(stream)) this.metadata.delete(originalStreamOf(stream));
  }

  isTombstoned(stream: string): boolean {
    if (this.storage.lastRevision(stream) === TOMBSTONE_REVISION) return true;
    return isMetadataStream(stream) && this.isTombstoned(originalStreamOf(stream));
  }

  view(stream: string): StreamView {
    if (this.isTombstoned(stream)) return TOMBSTONED;
    const last = this.storage.lastRevision(stream);
    const metadata = this.metadataOf(stream);
    if (last === NO_EVENTS || isSoftDeleted(metadata)) return MISSING;
    const { maxCount = Infinity, maxAgeSeconds, truncateBefore = 0 } = metadata;
    const first = Math.max(0, last - maxCount + 1, truncateBefore);
    if (maxAgeSeconds === undefined || first > last) return { kind: 'shown', first, last };
    return { kind: 'shown', first: this.firstSince(this.now() - maxAgeSeconds * 1000, stream, first, last), last };
  }

  /** One event, if the stream shows it; −1 is its last. */
  shownEvent(stream: string, revision: number): StreamEvent | undefined {
    const view = this.view(stream);
    if (view.kind !== 'shown') return undefined;
    const wanted = revision === NO_EVENTS ? view.last : revision;
    return wanted < view.first || wanted > view.last ? undefined : this.eventAt(stream, wanted);
  }

  private eventAt(stream: string, revision: number): StreamEvent | undefined {
    for (const event of this.storage.streamEvents(stream, revision, 'forward')) {
      return event.revision === revision ? event : undefined;
    }
    return undefined;
  }

  /** By halving: events are as old as their order says, and a stream may keep millions that nobody is shown. */
  private firstSince(time: number, stream: string, first: number, last: number): number {
    let from = first;
    let to = last + 1;
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      const event = this.eventAt(stream, middle);
      // Those that are missing are older: an import may begin with a later one.
      if (event === undefined || createdOf(event.record) < time) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
