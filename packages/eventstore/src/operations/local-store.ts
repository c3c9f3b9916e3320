/** Operations: the events of a folder, taken out and put in. */
import { decodeRecord } from '../codec/stored-event.js';
import { encodeRecord } from '../codec/recorded-event.js';
import { idOf } from '../codec/record-fields.js';
import { LmdbStorage } from '../storage/lmdb-storage.js';
import { NO_EVENTS, type Storage, TOMBSTONE_REVISION } from '../storage/storage.js';
import { positionOf } from '../storage/keys.js';
import { openRecord } from '../storage/sealed-record.js';
import { openTablesToRead } from '../storage/tables.js';
import { type ExportedEvent } from './exported-event.js';
import { OperationRefused } from './operation.js';

const TICKS_DIGITS = 4;

/** In the order of the log, as one snapshot shows them: also beside a process that writes. */
export async function* eventsOfFolder(folder: string): AsyncGenerator<ExportedEvent> {
  const { root, events } = openTablesToRead(folder);
  const transaction = root.useReadTransaction();
  try {
    for (const { key, value } of events.getRange({ transaction })) {
      const { created, position: _, ...event } = decodeRecord(openRecord(value, positionOf(key)));
      yield { ...event, created: Number(created.slice(0, -TICKS_DIGITS)) };
    }
  } finally {
    transaction.done();
    await root.close();
  }
}

export interface Imported {
  readonly written: number;
  /** Events that were there already, with the same ids: from an import that was interrupted. */
  readonly there: number;
}

/** Events that share a flush. */
const GROUP = 1_000;

/** Keeps revisions, ids, instants and order; positions are counted anew. The folder must be locked by the caller. */
export const importToFolder = async (folder: string, events: AsyncIterable<ExportedEvent>): Promise<Imported> => {
  const storage = LmdbStorage.open(folder);
  let [written, there] = [0, 0];
  const flush = (group: readonly ExportedEvent[]): void => {
    const added = storage.transaction(() => group.filter((event) => put(storage, event)).length);
    written += added;
    there += group.length - added;
  };
  try {
    let group: ExportedEvent[] = [];
    for await (const event of events) {
      if (group.push(event) < GROUP) continue;
      flush(group);
      group = [];
    }
    flush(group);
  } finally {
    await storage.close();
  }
  return { written, there };
};

/** Whether it was not there before. */
const put = (storage: Storage, event: ExportedEvent): boolean => {
  const { stream, revision } = event;
  const last = storage.lastRevision(stream);
  if (revision <= last) {
    if (idAt(storage, stream, revision) === event.id) return false;
    throw new OperationRefused(`Stream ${stream} has another event at revision ${revision}.`);
  }
  if (last !== NO_EVENTS && revision !== last + 1 && revision !== TOMBSTONE_REVISION)
    throw new OperationRefused(`Stream ${stream} is at revision ${last}: revision ${revision} cannot follow.`);
  const position = storage.head + 1;
  const record = encodeRecord(event, { stream, revision, position, created: `${event.created}0000` });
  storage.put({ stream, revision, position, record });
  return true;
};

const idAt = (storage: Storage, stream: string, revision: number): string | undefined => {
  for (const event of storage.streamEvents(stream, revision, 'forward'))
    return event.revision === revision ? idOf(event.record) : undefined;
  return undefined;
};
