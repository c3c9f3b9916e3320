/** Semantics: carries out one append within a transaction of the storage port. */
import { encodeRecord, type ProposedEvent } from '../codec/recorded-event.js';
import { idOf } from '../codec/record-fields.js';
import { NO_EVENTS, type NewEvent, type Storage } from '../storage/storage.js';
import { decideAppend, type ExpectedRevision, type StoredId, type StreamFacts } from './append-decision.js';
import { type RecentIds } from './recent-ids.js';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

export type AppendOutcome =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: number }
  | { readonly kind: 'nothing_to_write'; readonly current: number }
  | { readonly kind: 'wrong_revision'; readonly current: number }
  | { readonly kind: 'stream_deleted' };

export const metadataStreamOf = (stream: string): string => `$$${stream}`;

export class Appender {
  constructor(
    private readonly storage: Storage,
    private readonly recentIds: RecentIds,
    private readonly now: () => number,
  ) {}

  /** What is written is added to `appended`; it is not for readers before the transaction is over. */
  append(append: Append, appended: NewEvent[]): AppendOutcome {
    const facts = this.factsOf(append.stream);
    const ids = append.events.map((event) => event.id);
    const decision = decideAppend(append.expected, ids, facts);
    switch (decision.kind) {
      case 'write':
        return this.write(append, facts.current, appended);
      case 'written_before':
        return { kind: 'appended', revision: decision.revision, position: decision.position };
      case 'nothing_to_write':
      case 'wrong_revision':
        return { kind: decision.kind, current: facts.current };
      case 'stream_deleted':
        return decision;
    }
  }

  private write({ stream, events }: Append, current: number, appended: NewEvent[]): AppendOutcome {
    const created = `${this.now()}0000`;
    let revision = current;
    let position = this.storage.head;
    for (const event of events) {
      revision++;
      position++;
      const record = encodeRecord(event, { stream, revision, position, created });
      const place = { stream, revision, position };
      const newEvent = { ...place, record };
      this.storage.put(newEvent);
      this.recentIds.remember(event.id, place);
      appended.push(newEvent);
    }
    return { kind: 'appended', revision, position };
  }

  private factsOf(stream: string): StreamFacts {
    return {
      stream,
      current: this.storage.lastRevision(stream),
      tombstoned: false,
      softDeleted: false,
      hasMetadata: () => this.storage.lastRevision(metadataStreamOf(stream)) !== NO_EVENTS,
      storedAfter: (revision) => this.storedAfter(stream, revision),
      recent: (id) => this.recentIds.find(id),
    };
  }

  private *storedAfter(stream: string, revision: number): Generator<StoredId> {
    for (const event of this.storage.streamEvents(stream, revision + 1, 'forward')) {
      yield { id: idOf(event.record), position: event.position };
    }
  }
}
