/** Operations: checks that the tables of a store agree, in one snapshot: also beside a process that writes. */
import { type Transaction } from 'lmdb';

import { MalformedMessage } from '../codec/fields.js';
import { decodeRecord, readRecord, type StoredEvent } from '../codec/stored-event.js';
import { positionOf, revisionKey, revisionOf, streamNameKey, streamNumberOf } from '../storage/keys.js';
import { NO_EVENTS, START_OF_LOG, TOMBSTONE_REVISION } from '../storage/storage.js';
import { DamagedRecord, openRecord, recordIn } from '../storage/sealed-record.js';
import { type Tables } from '../storage/tables.js';

export interface CheckedStore {
  readonly events: number;
  readonly streams: number;
  /** Streams that begin after revision 0, as those do that another server had cut before they were exported. */
  readonly begunLater: number;
}

type Report = (finding: string) => void;

/**
 * Every event has its entry in the index of streams, and there are as many of the one as of the other: so the two agree.
 * Positions without gaps say that nothing is missing from the log.
 */
export const checkTables = (tables: Tables, report: Report): CheckedStore => {
  const snapshot = tables.root.useReadTransaction();
  try {
    const events = new LogCheck(tables, snapshot, report).run();
    const { entries, streams, begunLater } = checkRevisions(tables, snapshot, report);
    if (entries !== events) report(`The log has ${events} events, the index of streams has ${entries}.`);
    const names = [...tables.streams.getKeys({ transaction: snapshot })].length;
    if (names !== streams) report(`${names} streams have a name, ${streams} have events.`);
    return { events, streams, begunLater };
  } finally {
    snapshot.done();
  }
};

class LogCheck {
  constructor(
    private readonly tables: Tables,
    private readonly transaction: Transaction,
    private readonly report: Report,
  ) {}

  /** Answers how many events there are. */
  run(): number {
    const { transaction } = this;
    let count = 0;
    let last = START_OF_LOG;
    for (const { key, value } of this.tables.events.getRange({ transaction })) {
      const position = positionOf(key);
      if (position !== last + 1) this.report(`Position ${position} follows position ${last}.`);
      const event = this.decode(value, position);
      if (event !== undefined) this.checkEntry(event, key);
      last = position;
      count++;
    }
    return count;
  }

  private decode(sealed: Buffer, position: number): StoredEvent | undefined {
    try {
      const event = decodeRecord(openRecord(sealed, position));
      if (event.position === position) return event;
      this.report(`The event at position ${position} says that it is at ${event.position}.`);
    } catch (error) {
      if (error instanceof DamagedRecord) return this.reportDamage(sealed, error);
      if (!(error instanceof MalformedMessage || error instanceof RangeError)) throw error;
      this.report(`The record at position ${position} is not an event: ${error.message}`);
    }
    return undefined;
  }

  /** With its stream and revision, as far as they can still be read. */
  private reportDamage(sealed: Buffer, { message }: DamagedRecord): undefined {
    this.report(`${message} It ${placeIn(sealed)}.`);
  }

  private checkEntry({ stream, revision, position }: StoredEvent, key: Buffer): void {
    const { transaction } = this;
    const number = this.tables.streams.get(streamNameKey(stream), { transaction })?.readUInt32BE();
    const entry = number && this.tables.streamEvents.get(revisionKey(number, revision), { transaction });
    if (!entry) this.report(`Event ${revision} of stream ${stream}, at position ${position}, is not in its index.`);
    else if (!entry.equals(key))
      this.report(
        `Event ${revision} of stream ${stream} is at position ${position}, its index says ${positionOf(entry)}.`,
      );
  }
}

const placeIn = (sealed: Buffer): string => {
  try {
    const { stream, revision } = readRecord(recordIn(sealed));
    return `says that it is event ${revision} of stream ${stream}`;
  } catch {
    return 'cannot be read';
  }
};

interface CheckedRevisions {
  readonly entries: number;
  readonly streams: number;
  readonly begunLater: number;
}

const checkRevisions = ({ streamEvents }: Tables, transaction: Transaction, report: Report): CheckedRevisions => {
  let [entries, streams, begunLater] = [0, 0, 0];
  let number = 0;
  let last = NO_EVENTS;
  for (const key of streamEvents.getKeys({ transaction })) {
    const revision = revisionOf(key);
    if (streamNumberOf(key) !== number) {
      number = streamNumberOf(key);
      streams++;
      if (revision !== 0 && revision !== TOMBSTONE_REVISION) begunLater++;
    } else if (revision !== last + 1 && revision !== TOMBSTONE_REVISION) {
      report(`In stream number ${number} revision ${revision} follows revision ${last}.`);
    }
    last = revision;
    entries++;
  }
  return { entries, streams, begunLater };
};
