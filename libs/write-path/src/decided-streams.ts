import { setTimeout as sleep } from 'node:timers/promises';
import type { Stored } from '#contracts';
import {
  DomainError,
  later,
  refuse,
  WrongExpectedRevision,
  type Clock,
  type Decider,
  type Event,
  type EventLog,
} from '#kernel';
import type { Envelope } from './envelope.js';
import type { FoldedStream } from './folded-stream.js';
import { FoldedStreams } from './folded-streams.js';
import { propose } from './proposal.js';
import { SerialQueues } from './serial-queues.js';
import type { Snapshots } from './snapshots.js';
import { rememberedEvents, stateAfter } from './told-again.js';

/** What the streams of a kind may take in memory, unless that is told. */
const CACHED_BYTES_MAX = 64 * 1024 * 1024;
const ATTEMPTS_MAX = 10;

/** What a command did, as the log has it. */
export interface Outcome<State, Fact extends Event> {
  /** Folded up to the command's last event. Read it at once: it goes on living. */
  readonly state: State;
  readonly events: readonly Stored<Fact>[];
  readonly revision: number;
}

export interface Executed<Answer> {
  readonly answer: Answer;
  /** Revision and position that the answer is true of. */
  readonly revision: number;
  readonly position: bigint;
}

export interface FoldingOptions {
  readonly cachedBytesMax?: number;
  /** Where long streams are folded from, if they are kept. */
  readonly snapshots?: Snapshots | undefined;
}

/**
 * Runs commands on the streams of one decider: load, decide, append at the revision that was decided on.
 * Commands of one stream queue in this process; other processes are met with optimism and jitter.
 */
export class DecidedStreams<State, Command, Fact extends Event> {
  private readonly queues = new SerialQueues();
  private readonly streams: FoldedStreams<State, Fact>;

  constructor(
    private readonly decider: Decider<State, Command, Fact>,
    private readonly log: EventLog,
    private readonly clock: Clock,
    { cachedBytesMax = CACHED_BYTES_MAX, snapshots }: FoldingOptions = {},
  ) {
    this.streams = new FoldedStreams(decider, log, cachedBytesMax, snapshots);
  }

  /** The answer is rendered from what is stored, also when the command was carried out by an earlier attempt. */
  execute<Answer>(
    stream: string,
    envelope: Envelope,
    command: Command,
    answer: (outcome: Outcome<State, Fact>) => Answer,
  ): Promise<Executed<Answer>> {
    if (envelope.dryRun === true) return this.preview(stream, envelope, command, answer);
    return this.queues.run(stream, () => this.attempt(stream, envelope, command, answer));
  }

  /**
   * Reads the state, as far as this process learned it within the given time: whoever asks while the log is being read for another
   * shares what it reads. The view must not keep the state.
   */
  view<View>(
    stream: string,
    view: (state: State, revision: number) => View,
    ageMillisecondsMax = Infinity,
  ): Promise<View> {
    const since = performance.now() - ageMillisecondsMax;
    return this.queues.run(stream, async () => {
      const cached = this.streams.cached(stream);
      if (cached && cached.readAt >= since) return view(cached.state, cached.revision);
      // Whoever asks within the same turn of the event loop shares what is read now.
      await Promise.resolve();
      const { state, revision } = await this.streams.current(stream);
      return view(state, revision);
    });
  }

  /** Whether a stream remembers a command: asked again, it is answered from there. */
  carriedOut(stream: string, commandId: string): Promise<boolean> {
    return this.queues.run(stream, async () => {
      const folded = await this.streams.current(stream);
      return (await rememberedEvents(this.log, stream, commandId, folded)) !== undefined;
    });
  }

  /** Decides on a state of its own and folds what would be stored: nothing else learns of it. */
  private async preview<Answer>(
    stream: string,
    envelope: Envelope,
    command: Command,
    answer: (outcome: Outcome<State, Fact>) => Answer,
  ): Promise<Executed<Answer>> {
    const folded = await this.streams.fold(stream);
    const { revision, position } = folded;
    const decided = this.decide(folded, envelope, command);
    if (decided.refusal !== undefined) throw decided.refusal;
    const events = this.proposals(decided.facts, stream, envelope, folded).map(({ stored }, index) =>
      stored(revision + 1 + index, position),
    );
    for (const event of events) folded.fold(event);
    return { answer: answer({ state: folded.state, events, revision }), revision, position };
  }

  private async attempt<Answer>(
    stream: string,
    envelope: Envelope,
    command: Command,
    answer: (outcome: Outcome<State, Fact>) => Answer,
  ): Promise<Executed<Answer>> {
    let cached = this.streams.cached(stream);
    const folded = cached ?? (await this.streams.load(stream));
    for (let attempt = 1; ; attempt++) {
      const done = await rememberedEvents(this.log, stream, envelope.commandId, folded);
      if (done) return this.answerAgain(stream, envelope, done, folded, answer);
      const decided = this.decide(folded, envelope, command);
      if (cached && (decided.refusal !== undefined || decided.facts.length === 0)) {
        // A no that rests on memory is said again on the fresh tail: another process may have changed the account.
        cached = undefined;
        await this.streams.readTail(stream, folded);
        continue;
      }
      if (decided.refusal !== undefined) throw decided.refusal;
      try {
        return await this.append(stream, folded, envelope, decided.facts, answer);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision) || attempt === ATTEMPTS_MAX) {
          this.streams.forget(stream);
          throw conflicted(error);
        }
        await sleep(Math.random() * Math.min(2 ** attempt, 200));
        cached = undefined;
        // Nothing of what was refused is folded: what others appended goes on from there.
        await this.streams.readTail(stream, folded);
      }
    }
  }

  private decide(folded: FoldedStream<State, Fact>, { expectedRevision }: Envelope, command: Command): Decided<Fact> {
    try {
      if (expectedRevision !== undefined && expectedRevision !== folded.revision) {
        refuse(
          'revision_mismatch',
          `The revision is ${folded.revision}, not ${expectedRevision}.`,
          'revision_mismatch',
        );
      }
      return { facts: this.decider.decide(command, folded.state) };
    } catch (error) {
      return { facts: [], refusal: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  private async append<Answer>(
    stream: string,
    folded: FoldedStream<State, Fact>,
    envelope: Envelope,
    facts: readonly Fact[],
    answer: (outcome: Outcome<State, Fact>) => Answer,
  ): Promise<Executed<Answer>> {
    const { revision, position } = folded;
    if (facts.length === 0)
      return { answer: answer({ state: folded.state, events: [], revision }), revision, position };
    const proposals = this.proposals(facts, stream, envelope, folded);
    const appended = await this.log.append(
      stream,
      proposals.map(({ event }) => event),
      revision < 0 ? 'no_stream' : revision,
    );
    const events = proposals.map(({ stored }, index) => stored(revision + 1 + index, appended.position));
    for (const event of events) folded.fold(event);
    folded.chain = appended.chain;
    this.streams.remember(stream, folded);
    return {
      answer: answer({ state: folded.state, events, revision: folded.revision }),
      revision: folded.revision,
      position: appended.position,
    };
  }

  private proposals(
    facts: readonly Fact[],
    stream: string,
    envelope: Envelope,
    { recordedAt }: FoldedStream<State, Fact>,
  ) {
    const now = this.clock.now();
    return propose(facts, stream, envelope, recordedAt === null ? now : later(recordedAt, now));
  }

  /** The command is in the stream already: its answer is told from there. */
  private async answerAgain<Answer>(
    stream: string,
    { requestHash }: Envelope,
    events: readonly Stored<Fact>[],
    folded: FoldedStream<State, Fact>,
    answer: (outcome: Outcome<State, Fact>) => Answer,
  ): Promise<Executed<Answer>> {
    if (events[0]!.metadata.requestHash !== requestHash) {
      return refuse('idempotency_key_reused', 'This key came with another request before.', 'refused');
    }
    this.streams.remember(stream, folded);
    const { state, revision, position } = await stateAfter(this.streams, stream, events.at(-1)!, folded);
    return { answer: answer({ state, events, revision }), revision, position };
  }
}

interface Decided<Fact> {
  readonly facts: readonly Fact[];
  readonly refusal?: Error;
}

const conflicted = (error: unknown): Error =>
  error instanceof WrongExpectedRevision
    ? new DomainError('too_much_contention', 'Too many commands change this at once: try again.', 'unavailable')
    : error instanceof Error
      ? error
      : new Error(String(error));
