import { deserialize, serialize } from 'node:v8';
import type { Stored } from '#contracts';
import type { Decider, Event, Instant } from '#kernel';
import { CommandJournal, NO_COMMANDS, type Remembered } from './command-journal.js';
import type { Snapshot } from './snapshots.js';

/** What few events are taken to weigh in memory, each: those of an account that has no invoice yet do not weigh more. */
const EVENT_BYTES = 1_000;
const FEW_EVENTS = 2;
/** A stream is measured anew once it has grown by this factor. */
const GROWN = 1.5;

/** A stream folded so far: the state of its decider, and what the write path itself has to remember. */
export class FoldedStream<State, Fact extends Event> {
  state: State;
  journal = new CommandJournal(NO_COMMANDS);
  revision = -1;
  position = 0n;
  recordedAt: Instant | null = null;
  /** What its last event carries in the log; undefined where that is not known. */
  chain: string | undefined;
  /** When the end of the stream was last looked at, on the process's own monotonic clock. */
  readAt = -Infinity;
  /** Revision of the last snapshot that was made of it, or that it was made of. */
  keptAt = -1;
  private measured = { events: FEW_EVENTS, bytes: FEW_EVENTS * EVENT_BYTES };

  constructor(private readonly decider: Pick<Decider<State, never, Fact>, 'initialState' | 'evolve'>) {
    this.state = decider.initialState();
  }

  fold({ fact, revision, position, metadata }: Stored<Fact>, chain?: string): void {
    this.decider.evolve(this.state, fact, { revision, recordedAt: metadata.recordedAt });
    this.journal.note(metadata, revision);
    this.revision = revision;
    this.position = position;
    this.recordedAt = metadata.recordedAt;
    this.chain = chain;
  }

  /** What it takes in memory, about: measured, and as it has grown since. */
  weight(): number {
    const events = this.revision + 1;
    if (events > this.measured.events * GROWN) this.toBytes();
    return Math.ceil((this.measured.bytes * (events + 1)) / this.measured.events);
  }

  /**
   * Takes the place of all that is folded.
   *
   * @param last the event that the snapshot ends with: where that lies, only the log says
   * @returns whether the bytes could be read
   */
  restore(
    { revision, chain, bytes }: Snapshot,
    { position, metadata }: Pick<Stored, 'position' | 'metadata'>,
  ): boolean {
    try {
      const { state, remembered } = deserialize(bytes) as Kept<State>;
      const { recordedAt } = metadata;
      Object.assign(this, { state, journal: new CommandJournal(remembered), revision, position, recordedAt, chain });
      this.keptAt = revision;
      this.measured = { events: revision + 1, bytes: bytes.length };
      return true;
    } catch {
      // It is a cache: what nobody can read is as if it were not there.
      return false;
    }
  }

  /** As a snapshot has it; it is weighed by that from now on. */
  toBytes(): Uint8Array {
    const { state, journal } = this;
    const bytes = serialize({ state, remembered: journal.remembered() } satisfies Kept<State>);
    this.measured = { events: this.revision + 1, bytes: bytes.length };
    return bytes;
  }
}

/** Maps, sets and whole numbers of any size stay what they are. */
interface Kept<State> {
  readonly state: State;
  readonly remembered: Remembered;
}
