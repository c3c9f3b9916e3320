import type { Stored } from '#contracts';
import type { Decider, Event, Instant } from '#kernel';
import { CommandJournal } from './command-journal.js';

/** A stream folded so far: the state of its decider, and what the write path itself has to remember. */
export class FoldedStream<State, Fact extends Event> {
  readonly state: State;
  readonly journal = new CommandJournal();
  revision = -1;
  position = 0n;
  recordedAt: Instant | null = null;
  /** When the end of the stream was last looked at, on the process's own monotonic clock. */
  readAt = -Infinity;

  constructor(private readonly decider: Pick<Decider<State, never, Fact>, 'initialState' | 'evolve'>) {
    this.state = decider.initialState();
  }

  fold({ fact, revision, position, metadata }: Stored<Fact>): void {
    this.decider.evolve(this.state, fact, { revision, recordedAt: metadata.recordedAt });
    this.journal.note(metadata, revision);
    this.revision = revision;
    this.position = position;
    this.recordedAt = metadata.recordedAt;
  }
}
