import {
  type Appended,
  type EventBatch,
  EventLog,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '#kernel';

import { APPEND_PATIENCE, Appending, type AppendPatience, type OnRetry } from './appending.js';
import { Connection } from './connection.js';
import { type OnInterruption, readAll, subscribe } from './following.js';
import { readNewest, readStream } from './reading.js';
import { START_OF_LOG } from './subscription-session.js';

export interface EventStoreDbLogOptions extends Partial<AppendPatience> {
  /** Told each time that a subscription is interrupted; it resumes by itself. */
  readonly onInterruption?: OnInterruption;
  /** Told each time that an append is sent again, because no answer came. */
  readonly onRetry?: OnRetry;
}

/** A small question is answered at once, or something is wrong. */
const ANSWER_WITHIN_MS = 5_000;

/**
 * The event log on EventStoreDB, KurrentDB or the embedded event store. One per process: the package's clients share state.
 * Its events are JSON; who else writes other events into the log keeps them out of the streams that are read here.
 */
export class EventStoreDbLog extends EventLog {
  private readonly connection: Connection;
  private readonly appending: Appending;
  private readonly onInterruption: OnInterruption;

  /** Connects with the first call. Credentials belong into the connection string: per call they make appends slow. */
  constructor(connectionString: string, { onInterruption, onRetry, ...patience }: EventStoreDbLogOptions = {}) {
    super();
    this.connection = new Connection(connectionString);
    this.appending = new Appending(this.connection, { ...APPEND_PATIENCE, ...patience }, onRetry);
    this.onInterruption = onInterruption ?? (() => undefined);
  }

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.appending.append(stream, events, expected);
  }

  override readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<LoggedEvent> {
    return readStream(this.connection.client, stream, options);
  }

  override readAll(options: ReadAllOptions): AsyncIterable<LoggedEvent> {
    return readAll(this.connection, options, ANSWER_WITHIN_MS);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return subscribe(this.connection, options, this.onInterruption);
  }

  override async head(): Promise<bigint> {
    const [last] = await readNewest(this.connection.client, 1, ANSWER_WITHIN_MS);
    return last?.position ?? START_OF_LOG;
  }

  /** Whether the log answers, for probes. @throws EventLogUnavailable */
  async checkHealth(): Promise<void> {
    await this.head();
  }

  /** Ends subscriptions; appends that are under way end with an unknown outcome. */
  override dispose(): Promise<void> {
    return this.connection.dispose();
  }
}
