/** Semantics: carries out one append within a transaction of the storage port. */
import { type ProposedEvent } from '../codec/recorded-event.js';
import { type NewEvent } from '../storage/storage.js';
import { decideAppend, type ExpectedRevision, type StreamFacts } from './append-decision.js';
import { type LogWriter } from './log-writer.js';
import { isMetadataStream, isSoftDeleted, originalStreamOf } from './stream-metadata.js';
import { type Streams } from './streams.js';

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly ProposedEvent[];
}

export type AppendOutcome =
  /** A repetition has no position if the stream does not show its last event any more. */
  | { readonly kind: 'appended'; readonly revision: number; readonly position: number | undefined }
  | { readonly kind: 'nothing_to_write'; readonly current: number }
  | { readonly kind: 'wrong_revision'; readonly current: number }
  | { readonly kind: 'stream_deleted' };

/** Appends to different streams, all of them or none. */
export type TogetherOutcome =
  /** The revisions are in the order of the appends. */
  | { readonly kind: 'appended'; readonly revisions: readonly number[]; readonly position: number | undefined }
  /** Which append stands for why it was refused. */
  | { readonly kind: 'wrong_revision'; readonly index: number; readonly current: number }
  | { readonly kind: 'stream_deleted'; readonly index: number };

export class Appender {
  constructor(
    private readonly streams: Streams,
    private readonly writer: LogWriter,
    private readonly factsOf: (stream: string) => StreamFacts,
  ) {}

  /** What is written is added to `written`; it is not for readers before the transaction is over. */
  append({ stream, expected, events }: Append, written: NewEvent[]): AppendOutcome {
    const facts = this.factsOf(stream);
    const decision = decideAppend(
      expected,
      events.map((event) => event.id),
      facts,
    );
    switch (decision.kind) {
      case 'write':
      case 'nothing_to_write':
        return this.write(facts, events, written);
      case 'written_before': {
        const { revision, position } = decision;
        const isShown = this.streams.shownEvent(stream, revision) !== undefined;
        return { kind: 'appended', revision, position: isShown ? position : undefined };
      }
      case 'wrong_revision':
        return { kind: decision.kind, current: facts.current };
      case 'stream_deleted':
        return decision;
    }
  }

  /**
   * What was written before as a whole is answered as it was then. Where some streams have their events already and others have not,
   * it is no repetition of anything: it is refused, and so are those that have them. @param appends of different streams, with events
   */
  appendTogether(appends: readonly Append[], written: NewEvent[]): TogetherOutcome {
    const decided = appends.map((append) => {
      const facts = this.factsOf(append.stream);
      const ids = append.events.map(({ id }) => id);
      return { append, facts, decision: decideAppend(append.expected, ids, facts) };
    });
    if (decided.every(({ decision }) => decision.kind === 'write')) {
      const outcomes = decided.map(({ append, facts }) => this.write(facts, append.events, written));
      return togetherOf(outcomes);
    }
    if (decided.every(({ decision }) => decision.kind === 'written_before')) {
      return togetherOf(appends.map((append) => this.append(append, written)));
    }
    const deleted = decided.findIndex(({ decision }) => decision.kind === 'stream_deleted');
    if (deleted >= 0) return { kind: 'stream_deleted', index: deleted };
    const index = decided.findIndex(({ decision }) => decision.kind !== 'write');
    return { kind: 'wrong_revision', index, current: decided[index]!.facts.current };
  }

  private write(facts: StreamFacts, events: readonly ProposedEvent[], written: NewEvent[]): AppendOutcome {
    const { stream, current } = facts;
    // To write metadata of a deleted stream brings it back; with which metadata is known only afterwards.
    const recreated = isMetadataStream(stream) ? this.softDeletedOriginalOf(stream) : undefined;
    const position = events.length === 0 ? undefined : this.writer.write(stream, events, written);
    if (facts.softDeleted) this.writer.writeRecreation(stream, current + 1, written);
    if (recreated !== undefined) this.writer.writeRecreation(recreated.stream, recreated.current + 1, written);
    if (position === undefined) return { kind: 'nothing_to_write', current };
    return { kind: 'appended', revision: current + events.length, position };
  }

  private softDeletedOriginalOf(metadataStream: string): StreamFacts | undefined {
    const original = originalStreamOf(metadataStream);
    if (this.streams.isTombstoned(original)) return undefined;
    return isSoftDeleted(this.streams.metadataOf(original)) ? this.factsOf(original) : undefined;
  }
}

/** Of appends that were all carried out, or all repeated. */
const togetherOf = (outcomes: readonly AppendOutcome[]): TogetherOutcome => {
  const appended = outcomes.filter((outcome) => outcome.kind === 'appended');
  const positions = appended.flatMap(({ position }) => (position === undefined ? [] : [position]));
  return {
    kind: 'appended',
    revisions: appended.map(({ revision }) => revision),
    position: positions.length === 0 ? undefined : Math.max(...positions),
  };
};
