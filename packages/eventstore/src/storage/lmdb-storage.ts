/** Storage: the port on LMDB. */
import { LRUCache } from 'lru-cache';

import {
  positionKey,
  positionOf,
  revisionKey,
  revisionOf,
  streamNameKey,
  streamNumberKey,
  streamNumberOf,
} from './keys.js';
import {
  type Direction,
  type NewEvent,
  NO_EVENTS,
  NoRoom,
  START_OF_LOG,
  type Storage,
  type StoredEvent,
  type StreamEvent,
} from './storage.js';
import { DamagedRecord, openRecord, sealRecord } from './sealed-record.js';
import { syncFolder } from './sync-folder.js';
import { openTables, type Table, type Tables } from './tables.js';

interface Stream {
  readonly number: number;
  lastRevision: number;
}

const CACHED_STREAMS = 100_000;

export interface LmdbOptions {
  readonly cachedStreams?: number;
  /** Whether a transaction is not to be tried. LMDB does not survive writes that fail for want of room. */
  readonly lacksRoom?: () => boolean;
  readonly onUpgrade?: () => void;
}

export class LmdbStorage implements Storage {
  private readonly cache: LRUCache<string, Stream>;
  private lastPosition: number;
  private streamCount: number;

  private constructor(
    private readonly tables: Tables,
    cachedStreams: number,
    private readonly lacksRoom: () => boolean,
  ) {
    this.cache = new LRUCache({ max: cachedStreams });
    this.lastPosition = lastKey(tables.events, positionOf) ?? START_OF_LOG;
    this.streamCount = lastKey(tables.streamEvents, streamNumberOf) ?? 0;
  }

  /** Looks at the last entries only: opening takes as long for a billion events as for one, unless the folder is upgraded. */
  static open(
    folder: string,
    { cachedStreams = CACHED_STREAMS, lacksRoom = () => false, onUpgrade }: LmdbOptions = {},
  ): LmdbStorage {
    const storage = new LmdbStorage(openTables(folder, onUpgrade), cachedStreams, lacksRoom);
    syncFolder(folder);
    return storage;
  }

  get head(): number {
    return this.lastPosition;
  }

  lastRevision(stream: string): number {
    return this.find(stream)?.lastRevision ?? NO_EVENTS;
  }

  *events(from: number, direction: Direction): Generator<StoredEvent> {
    const reverse = direction === 'backward';
    for (const { key, value } of this.tables.events.getRange({ start: positionKey(from), reverse })) {
      const position = positionOf(key);
      yield { position, record: openRecord(value, position) };
    }
  }

  *streamEvents(stream: string, from: number, direction: Direction): Generator<StreamEvent> {
    const number = this.find(stream)?.number;
    if (number === undefined) return;
    const reverse = direction === 'backward';
    const end = streamNumberKey(reverse ? number : number + 1);
    for (const { key, value } of this.tables.streamEvents.getRange({
      start: revisionKey(number, from),
      end,
      reverse,
    })) {
      const position = positionOf(value);
      const sealed = this.tables.events.get(value);
      if (sealed === undefined) throw new DamagedRecord(position, `it is missing from the log of stream ${stream}`);
      yield { revision: revisionOf(key), position, record: openRecord(sealed, position) };
    }
  }

  put({ stream, revision, position, record }: NewEvent): void {
    const place = positionKey(position);
    const { number } = this.findOrAdd(stream, revision);
    this.tables.events.putSync(place, sealRecord(record), { append: true });
    this.tables.streamEvents.putSync(revisionKey(number, revision), place);
    this.lastPosition = position;
  }

  transaction<Result>(work: () => Result): Result {
    if (this.lacksRoom()) throw new NoRoom();
    const { lastPosition, streamCount } = this;
    try {
      return this.tables.root.transactionSync(work);
    } catch (error) {
      this.lastPosition = lastPosition;
      this.streamCount = streamCount;
      this.cache.clear();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.tables.root.close();
  }

  private find(name: string): Stream | undefined {
    const cached = this.cache.get(name);
    if (cached !== undefined) return cached;
    const number = this.tables.streams.get(streamNameKey(name))?.readUInt32BE();
    if (number === undefined) return undefined;
    const range = { start: streamNumberKey(number + 1), end: streamNumberKey(number), reverse: true, limit: 1 };
    const stream = { number, lastRevision: NO_EVENTS };
    for (const key of this.tables.streamEvents.getKeys(range)) stream.lastRevision = revisionOf(key);
    this.cache.set(name, stream);
    return stream;
  }

  private findOrAdd(name: string, lastRevision: number): Stream {
    const known = this.find(name);
    if (known !== undefined) {
      known.lastRevision = lastRevision;
      return known;
    }
    const stream = { number: ++this.streamCount, lastRevision };
    this.tables.streams.putSync(streamNameKey(name), streamNumberKey(stream.number));
    this.cache.set(name, stream);
    return stream;
  }
}

const lastKey = <Key>(table: Table, read: (key: Buffer) => Key): Key | undefined => {
  for (const key of table.getKeys({ reverse: true, limit: 1 })) return read(key);
  return undefined;
};
