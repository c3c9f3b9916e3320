/** Storage: the port on LMDB. Three tables: events by position, positions by stream and revision, stream numbers by name. */
import { closeSync, fsyncSync, openSync } from 'node:fs';

import { type Database, open, type RootDatabase } from 'lmdb';
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
  START_OF_LOG,
  type Storage,
  type StoredEvent,
  type StreamEvent,
} from './storage.js';

interface Stream {
  readonly number: number;
  lastRevision: number;
}

const CACHED_STREAMS = 100_000;
const LAYOUT = '1';
const LAYOUT_KEY = Buffer.from('layout');
const BINARY = { encoding: 'binary', keyEncoding: 'binary' } as const;

/** A folder written by a version that stores its events in another way. */
export class UnknownLayout extends Error {
  override readonly name = 'UnknownLayout';
}

export class LmdbStorage implements Storage {
  private readonly cache: LRUCache<string, Stream>;
  private lastPosition: number;
  private streamCount: number;

  private constructor(
    private readonly root: RootDatabase<Buffer, Buffer>,
    private readonly eventTable: Database<Buffer, Buffer>,
    private readonly streamEventTable: Database<Buffer, Buffer>,
    private readonly streamTable: Database<Buffer, Buffer>,
    cachedStreams: number,
  ) {
    this.cache = new LRUCache({ max: cachedStreams });
    this.lastPosition = lastKey(eventTable, positionOf) ?? START_OF_LOG;
    this.streamCount = lastKey(streamEventTable, streamNumberOf) ?? 0;
  }

  /** Looks at the last entries only: opening takes as long for a billion events as for one. */
  static open(folder: string, cachedStreams = CACHED_STREAMS): LmdbStorage {
    // Without overlapping sync a transaction returns after its pages, and then its meta page, have reached the disk.
    const root = open<Buffer, Buffer>({ path: folder, noSubdir: false, overlappingSync: false, ...BINARY });
    checkLayout(root);
    const storage = new LmdbStorage(
      root,
      root.openDB({ name: 'events', ...BINARY }),
      root.openDB({ name: 'stream-events', ...BINARY }),
      root.openDB({ name: 'streams', ...BINARY }),
      cachedStreams,
    );
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
    for (const { key, value } of this.eventTable.getRange({ start: positionKey(from), reverse })) {
      yield { position: positionOf(key), record: value };
    }
  }

  *streamEvents(stream: string, from: number, direction: Direction): Generator<StreamEvent> {
    const number = this.find(stream)?.number;
    if (number === undefined) return;
    const reverse = direction === 'backward';
    const end = streamNumberKey(reverse ? number : number + 1);
    for (const { key, value } of this.streamEventTable.getRange({ start: revisionKey(number, from), end, reverse })) {
      const record = this.eventTable.get(value);
      if (record === undefined) throw new Error(`Event ${revisionOf(key)} of stream ${stream} is missing.`);
      yield { revision: revisionOf(key), position: positionOf(value), record };
    }
  }

  put({ stream, revision, position, record }: NewEvent): void {
    const place = positionKey(position);
    const { number } = this.findOrAdd(stream, revision);
    this.eventTable.putSync(place, record, { append: true });
    this.streamEventTable.putSync(revisionKey(number, revision), place);
    this.lastPosition = position;
  }

  transaction<Result>(work: () => Result): Result {
    const { lastPosition, streamCount } = this;
    try {
      return this.root.transactionSync(work);
    } catch (error) {
      this.lastPosition = lastPosition;
      this.streamCount = streamCount;
      this.cache.clear();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.root.close();
  }

  private find(name: string): Stream | undefined {
    const cached = this.cache.get(name);
    if (cached !== undefined) return cached;
    const number = this.streamTable.get(streamNameKey(name))?.readUInt32BE();
    if (number === undefined) return undefined;
    const range = { start: streamNumberKey(number + 1), end: streamNumberKey(number), reverse: true, limit: 1 };
    const stream = { number, lastRevision: NO_EVENTS };
    for (const key of this.streamEventTable.getKeys(range)) stream.lastRevision = revisionOf(key);
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
    this.streamTable.putSync(streamNameKey(name), streamNumberKey(stream.number));
    this.cache.set(name, stream);
    return stream;
  }
}

const lastKey = <Key>(table: Database<Buffer, Buffer>, read: (key: Buffer) => Key): Key | undefined => {
  for (const key of table.getKeys({ reverse: true, limit: 1 })) return read(key);
  return undefined;
};

const checkLayout = (root: RootDatabase<Buffer, Buffer>): void => {
  const table = root.openDB<Buffer, Buffer>({ name: 'about', ...BINARY });
  const layout = table.get(LAYOUT_KEY)?.toString();
  if (layout === undefined) root.transactionSync(() => table.putSync(LAYOUT_KEY, Buffer.from(LAYOUT)));
  else if (layout !== LAYOUT) throw new UnknownLayout(`The data have layout ${layout}; this version knows ${LAYOUT}.`);
};

/** A power cut must not take the file's entry in its folder with it. */
const syncFolder = (folder: string): void => {
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};
