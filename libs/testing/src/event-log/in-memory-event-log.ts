import {
  AppendRefused,
  EventLog,
  wantedBy,
  WrongExpectedRevision,
  type Appended,
  type EventBatch,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '#kernel';

/** What the real log takes in one append. */
const APPEND_BYTES_MAX = 1024 * 1024;

/** An event as bytes: whoever reads it gets a copy of its own, as from a server. */
interface Kept {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly data: string;
  readonly metadata: string;
}

/**
 * The event log without a server, for tests of rules and of the write path. Deterministic: nothing happens in it that
 * nobody asked for. It passes the contract of the port.
 */
export class InMemoryEventLog extends EventLog {
  private readonly all: Kept[] = [];
  private readonly streams = new Map<string, Kept[]>();
  private appended = Promise.withResolvers<void>();

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return Promise.resolve().then(() => this.appendNow(stream, events, expected));
  }

  override async *readStream(
    stream: string,
    { from, direction = 'forward', limit = Infinity }: ReadStreamOptions = {},
  ): AsyncGenerator<LoggedEvent> {
    const kept = this.streams.get(stream) ?? [];
    const step = direction === 'forward' ? 1 : -1;
    let revision = direction === 'forward' ? (from ?? 0) : Math.min(from ?? Infinity, kept.length - 1);
    for (let left = limit; left > 0 && kept[revision] !== undefined; left--, revision += step) {
      yield await Promise.resolve(read(kept[revision]!));
    }
  }

  override async *readAll({ after = 0n, filter }: ReadAllOptions): AsyncGenerator<LoggedEvent> {
    const wanted = wantedBy(filter);
    const end = this.all.length;
    for (let index = Number(after); index < end; index++) {
      const kept = this.all[index]!;
      if (wanted(kept)) yield await Promise.resolve(read(kept));
    }
  }

  override async *subscribe({ after = 0n, filter, batchSize, signal }: SubscribeOptions): AsyncGenerator<EventBatch> {
    const wanted = wantedBy(filter);
    const aborted = whenAborted(signal);
    let index = Number(after);
    let told = false;
    while (!signal.aborted) {
      if (told && index === this.all.length) {
        await Promise.race([this.appended.promise, aborted]);
        continue;
      }
      const events: LoggedEvent[] = [];
      for (; index < this.all.length && events.length < batchSize; index++) {
        const kept = this.all[index]!;
        if (wanted(kept)) events.push(read(kept));
      }
      told = index === this.all.length;
      yield { events, position: BigInt(index), caughtUp: told };
    }
  }

  override head(): Promise<bigint> {
    return Promise.resolve(BigInt(this.all.length));
  }

  override dispose(): Promise<void> {
    return Promise.resolve();
  }

  private appendNow(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Appended {
    if (events.length === 0) throw new RangeError(`An append to ${stream} has no events.`);
    const texts = events.map(({ data, metadata }) => ({
      data: JSON.stringify(data),
      metadata: JSON.stringify(metadata),
    }));
    const bytes = texts.reduce(
      (sum, { data, metadata }) => sum + Buffer.byteLength(data) + Buffer.byteLength(metadata),
      0,
    );
    if (bytes > APPEND_BYTES_MAX) throw new AppendRefused('too_large', `An append of ${bytes} bytes is too large.`);
    const kept = this.streams.get(stream) ?? [];
    const again = repeated(kept, events, expected);
    if (again) return { revision: again.revision, position: again.position };
    if (expected !== 'any' && kept.length - 1 !== (expected === 'no_stream' ? -1 : expected)) {
      throw new WrongExpectedRevision(stream, expected);
    }
    for (const [index, { id, type }] of events.entries()) {
      const event = {
        id,
        type,
        stream,
        revision: kept.length,
        position: BigInt(this.all.length + 1),
        ...texts[index]!,
      };
      kept.push(event);
      this.all.push(event);
    }
    this.streams.set(stream, kept);
    this.appended.resolve();
    this.appended = Promise.withResolvers<void>();
    return { revision: kept.length - 1, position: BigInt(this.all.length) };
  }
}

/** The last event of the very same append, where it is in the stream already: a repetition is answered like the original. */
const repeated = (
  kept: readonly Kept[],
  events: readonly ProposedEvent[],
  expected: ExpectedRevision,
): Kept | undefined => {
  const first =
    expected === 'any' ? kept.findIndex(({ id }) => id === events[0]!.id) : expected === 'no_stream' ? 0 : expected + 1;
  const last = kept[first + events.length - 1];
  return first >= 0 && last && events.every(({ id }, index) => kept[first + index]!.id === id) ? last : undefined;
};

const read = ({ data, metadata, ...rest }: Kept): LoggedEvent => ({
  ...rest,
  data: JSON.parse(data) as LoggedEvent['data'],
  metadata: JSON.parse(metadata) as LoggedEvent['metadata'],
});

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
