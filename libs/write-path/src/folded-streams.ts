import { decodeEvent } from '#contracts';
import type { Decider, Event, EventLog } from '#kernel';
import { LRUCache } from 'lru-cache';
import { FoldedStream } from './folded-stream.js';

/** Streams of one decider, folded: those that were used last stay in memory, bounded by their events. */
export class FoldedStreams<State, Fact extends Event> {
  private readonly cache: LRUCache<string, FoldedStream<State, Fact>>;

  constructor(
    private readonly decider: Pick<Decider<State, never, Fact>, 'initialState' | 'evolve'>,
    private readonly log: EventLog,
    cachedEventsMax: number,
  ) {
    this.cache = new LRUCache({ maxSize: cachedEventsMax, sizeCalculation: ({ revision }) => revision + 10 });
  }

  /** As it is in memory, if it is: others may have appended since. */
  cached(stream: string): FoldedStream<State, Fact> | undefined {
    return this.cache.get(stream);
  }

  /** The cache weighs what is new to it alone: a stream that grew goes in anew. */
  remember(stream: string, folded: FoldedStream<State, Fact>): void {
    this.cache.delete(stream);
    this.cache.set(stream, folded);
  }

  forget(stream: string): void {
    this.cache.delete(stream);
  }

  /** From its beginning, and from then on in memory. */
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
  async fold(stream: string, revision?: number): Promise<FoldedStream<State, Fact>> {
    const folded = new FoldedStream<State, Fact>(this.decider);
    await this.read(stream, folded, revision);
    return folded;
  }

  private async read(stream: string, folded: FoldedStream<State, Fact>, revision?: number): Promise<void> {
    const began = performance.now();
    const options = {
      from: folded.revision + 1,
      ...(revision === undefined ? {} : { limit: revision - folded.revision }),
    };
    for await (const logged of this.log.readStream(stream, options)) folded.fold(decodeEvent<Fact>(logged));
    folded.readAt = began;
  }
}
