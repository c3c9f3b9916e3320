import { decodeEvent, storedChain } from '#contracts';
import type { Decider, Event, EventLog, LoggedEvent } from '#kernel';
import { LRUCache } from 'lru-cache';
import { FoldedStream } from './folded-stream.js';
import type { Snapshots } from './snapshots.js';

/** Streams that are no longer are folded from the log alone: that costs less than to ask for a snapshot. */
const SHORT_EVENTS = 50;
/** A snapshot is made again once a stream has grown by so many events, or by this part of it. */
const KEPT_EVENTS = 200;
const KEPT_PART = 64;

/** Streams of one decider, folded: those that were used last stay in memory, bounded by what they take of it. */
export class FoldedStreams<State, Fact extends Event> {
  private readonly cache: LRUCache<string, FoldedStream<State, Fact>>;

  constructor(
    private readonly decider: Pick<Decider<State, never, Fact>, 'initialState' | 'evolve'>,
    private readonly log: EventLog,
    cachedBytesMax: number,
    private readonly snapshots?: Snapshots,
  ) {
    this.cache = new LRUCache({ maxSize: cachedBytesMax, sizeCalculation: (folded) => folded.weight() });
  }

  /** As it is in memory, if it is: others may have appended since. */
  cached(stream: string): FoldedStream<State, Fact> | undefined {
    return this.cache.get(stream);
  }

  /** The cache weighs what is new to it alone: a stream that grew goes in anew. What is kept of it is its weight. */
  remember(stream: string, folded: FoldedStream<State, Fact>): void {
    this.keep(stream, folded);
    this.cache.delete(stream);
    this.cache.set(stream, folded);
  }

  forget(stream: string): void {
    this.cache.delete(stream);
  }

  /** From its beginning or its last snapshot, and from then on in memory. */
  async load(stream: string): Promise<FoldedStream<State, Fact>> {
    const folded = await this.fold(stream);
    if (folded.revision >= 0) this.remember(stream, folded);
    return folded;
  }

  /** As of now. */
  async current(stream: string): Promise<FoldedStream<State, Fact>> {
    const cached = this.cache.get(stream);
    if (!cached) return this.load(stream);
    await this.readTail(stream, cached);
    return cached;
  }

  /** Takes in what was appended since. */
  async readTail(stream: string, folded: FoldedStream<State, Fact>): Promise<void> {
    await this.read(stream, folded);
    this.remember(stream, folded);
  }

  /** A state that nobody else has, up to a revision or as of now. */
  async fold(stream: string, revision = Infinity): Promise<FoldedStream<State, Fact>> {
    const folded = new FoldedStream<State, Fact>(this.decider);
    if (!this.snapshots) {
      await this.read(stream, folded, revision);
      return folded;
    }
    await this.read(stream, folded, Math.min(revision, SHORT_EVENTS - 1));
    if (folded.revision < SHORT_EVENTS - 1 || folded.revision === revision) return folded;
    const kept = await this.foldSnapshot(stream, this.snapshots, revision);
    if (kept) return kept;
    await this.read(stream, folded, revision);
    return folded;
  }

  /** From the last snapshot on, if the log has the event that it ends with. */
  private async foldSnapshot(
    stream: string,
    snapshots: Snapshots,
    upTo: number,
  ): Promise<FoldedStream<State, Fact> | undefined> {
    const snapshot = await snapshots.last(stream);
    if (!snapshot || snapshot.revision > upTo) return undefined;
    const folded = new FoldedStream<State, Fact>(this.decider);
    const began = performance.now();
    let isOfThisLog = false;
    for await (const logged of this.log.readStream(stream, between(snapshot.revision, upTo))) {
      if (isOfThisLog) take(folded, logged);
      else if (storedChain(logged) !== snapshot.chain || !folded.restore(snapshot, decodeEvent<Fact>(logged)))
        return undefined;
      isOfThisLog = true;
    }
    folded.readAt = began;
    return isOfThisLog ? folded : undefined;
  }

  private async read(stream: string, folded: FoldedStream<State, Fact>, upTo = Infinity): Promise<void> {
    const began = performance.now();
    for await (const logged of this.log.readStream(stream, between(folded.revision + 1, upTo))) take(folded, logged);
    folded.readAt = began;
  }

  private keep(stream: string, folded: FoldedStream<State, Fact>): void {
    const { revision, chain, keptAt } = folded;
    const due = keptAt + Math.max(KEPT_EVENTS, Math.floor(revision / KEPT_PART));
    if (!this.snapshots || chain === undefined || revision < due) return;
    this.snapshots.keep(stream, { revision, chain, bytes: folded.toBytes() });
    folded.keptAt = revision;
  }
}

const between = (from: number, upTo: number) => ({ from, ...(upTo === Infinity ? {} : { limit: upTo - from + 1 }) });

const take = <State, Fact extends Event>(folded: FoldedStream<State, Fact>, logged: LoggedEvent): void =>
  folded.fold(decodeEvent<Fact>(logged), storedChain(logged));
