import { AsyncLocalStorage } from 'node:async_hooks';

import { type EventBatch, EventLogLayer, type LogFilter, prefixesOf, type SubscribeOptions, wantedBy } from '#kernel';

import { LogTail, type SizedLog } from './log-tail.js';

/**
 * A log that all of a process follow by one subscription of the server: what is new is read and decoded once. Whoever is behind reads the log
 * alone until what is newer is at hand; nobody waits for another.
 */
export class SharedEventLog extends EventLogLayer {
  private tail: LogTail | undefined;
  private followers = 0;
  /** The tail outlives the request that happened to begin it. */
  private readonly withoutRequest = AsyncLocalStorage.snapshot();

  /** @param shared what is read for all; whoever wants streams beside it has a subscription of their own */
  constructor(
    private readonly sized: SizedLog,
    private readonly shared: LogFilter & { readonly streamPrefixes: readonly string[] },
  ) {
    super(sized);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.isShared(options.filter) ? this.follow(options) : this.log.subscribe(options);
  }

  override dispose(): Promise<void> {
    this.tail?.end();
    return this.log.dispose();
  }

  /** A type of events is of the streams that are shared: names of types are nobody else's. */
  private isShared(filter: LogFilter): boolean {
    return (
      'typePrefixes' in filter ||
      filter.streamPrefixes.every((prefix) => this.shared.streamPrefixes.some((known) => prefix.startsWith(known)))
    );
  }

  private async *follow(options: SubscribeOptions): AsyncGenerator<EventBatch> {
    prefixesOf(options.filter);
    const tail = this.join();
    try {
      await tail.begun(options.signal);
      let position = options.after ?? 0n;
      while (!options.signal.aborted) {
        const rest = { ...options, after: position };
        for await (const batch of tail.covers(position) ? fromTail(tail, rest) : this.alone(tail, rest)) {
          yield batch;
          ({ position } = batch);
        }
      }
    } finally {
      this.leave();
    }
  }

  /** Until what is newer is at hand. */
  private async *alone(tail: LogTail, options: SubscribeOptions): AsyncGenerator<EventBatch> {
    for await (const batch of this.log.subscribe(options)) {
      yield batch;
      if (tail.covers(batch.position)) return;
    }
  }

  private join(): LogTail {
    this.followers++;
    return (this.tail ??= this.withoutRequest(() => new LogTail(this.sized, this.shared)));
  }

  private leave(): void {
    this.followers--;
    if (this.followers > 0) return;
    this.tail?.end();
    this.tail = undefined;
  }
}

/** Until the end, or until somebody who takes slowly is too far behind. */
async function* fromTail(
  tail: LogTail,
  { after = 0n, filter, batchSize, signal }: SubscribeOptions,
): AsyncGenerator<EventBatch> {
  const isWanted = wantedBy(filter);
  let position = after;
  let wasAtEnd = false;
  while (!signal.aborted && tail.covers(position)) {
    const batch = tail.after(position, isWanted, batchSize);
    if (batch.events.length > 0 || batch.position > position || (batch.caughtUp && !wasAtEnd)) yield batch;
    else await tail.changes(signal);
    ({ position } = batch);
    wasAtEnd = batch.caughtUp;
  }
}
