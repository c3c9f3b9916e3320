/** Semantics: puts decided events into the log, within a transaction, and keeps what is known of streams in step. */
import { encodeRecord, type ProposedEvent } from '../codec/recorded-event.js';
import { dataOf, isJson } from '../codec/record-fields.js';
import { type NewEvent, type Storage, TOMBSTONE_REVISION } from '../storage/storage.js';
import { type RecentIds } from './recent-ids.js';
import { DELETED_METADATA, metadataStreamOf, withTruncateBefore } from './stream-metadata.js';
import { type Streams } from './streams.js';

export interface LogWriterOptions {
  readonly now: () => number;
  /** For the events that the server writes by itself. */
  readonly newId: () => string;
}

const NOTHING = Buffer.alloc(0);

export class LogWriter {
  constructor(
    private readonly storage: Storage,
    private readonly streams: Streams,
    private readonly recentIds: RecentIds,
    private readonly options: LogWriterOptions,
  ) {}

  /**
   * What is written is added to `written`; it is not for readers before the transaction is over.
   * @returns the position of the last event
   */
  write(stream: string, events: readonly ProposedEvent[], written: NewEvent[]): number {
    const created = `${this.options.now()}0000`;
    let revision = this.storage.lastRevision(stream);
    for (const event of events) this.put(stream, ++revision, event, created, written);
    this.streams.changed(stream);
    return this.storage.head;
  }

  /** Ends a stream for ever. */
  writeTombstone(stream: string, written: NewEvent[]): number {
    const tombstone = this.systemEvent('$streamDeleted', false, NOTHING);
    this.put(stream, TOMBSTONE_REVISION, tombstone, `${this.options.now()}0000`, written);
    return this.storage.head;
  }

  /** All other metadata are gone with it. */
  writeSoftDeletion(stream: string, written: NewEvent[]): number {
    return this.write(metadataStreamOf(stream), [this.systemEvent('$metadata', true, DELETED_METADATA)], written);
  }

  /** The stream begins again at a revision; its other metadata stay. */
  writeRecreation(stream: string, revision: number, written: NewEvent[]): void {
    const record = this.streams.metadataRecordOf(stream)?.record;
    const metadata = record !== undefined && isJson(record) ? withTruncateBefore(dataOf(record), revision) : undefined;
    if (metadata === undefined) return;
    this.write(metadataStreamOf(stream), [this.systemEvent('$metadata', true, metadata)], written);
  }

  private systemEvent(type: string, isJson: boolean, data: Buffer): ProposedEvent {
    return { id: this.options.newId(), type, isJson, data, metadata: NOTHING };
  }

  private put(stream: string, revision: number, event: ProposedEvent, created: string, written: NewEvent[]): void {
    const position = this.storage.head + 1;
    const record = encodeRecord(event, { stream, revision, position, created });
    const place = { stream, revision, position };
    const newEvent = { ...place, record };
    this.storage.put(newEvent);
    this.recentIds.remember(event.id, place);
    written.push(newEvent);
  }
}
