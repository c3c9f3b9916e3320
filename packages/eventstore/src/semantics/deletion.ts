/** Semantics: carries out the deletion of a stream: softly, so that it may come back, or for ever. */
import { NO_EVENTS, type NewEvent } from '../storage/storage.js';
import { decideAppend, type ExpectedRevision, type StreamFacts } from './append-decision.js';
import { type LogWriter } from './log-writer.js';

export interface Deletion {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly forEver: boolean;
}

export type DeletionOutcome =
  | { readonly kind: 'deleted'; readonly position: number }
  | { readonly kind: 'wrong_revision'; readonly current: number }
  | { readonly kind: 'stream_deleted' };

/** A deletion is checked as an append of one event that nobody has seen: a repetition is not recognised. */
const UNSEEN = [''];

export class Deleter {
  constructor(
    private readonly writer: LogWriter,
    private readonly factsOf: (stream: string) => StreamFacts,
  ) {}

  delete({ stream, expected, forEver }: Deletion, written: NewEvent[]): DeletionOutcome {
    const facts = this.factsOf(stream);
    const decision = decideAppend(expected, UNSEEN, facts);
    if (decision.kind === 'stream_deleted') return decision;
    const hasNothing = facts.current === NO_EVENTS && !facts.hasMetadata();
    if (decision.kind !== 'write' || (hasNothing && !forEver))
      return { kind: 'wrong_revision', current: facts.current };
    const position = forEver
      ? this.writer.writeTombstone(stream, written)
      : this.writer.writeSoftDeletion(stream, written);
    return { kind: 'deleted', position };
  }
}
