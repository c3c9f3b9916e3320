import {
  type Appended,
  EventLog,
  type ExpectedRevision,
  type LoggedEvent,
  type ProposedEvent,
  type ReadAllOptions,
  type ReadStreamOptions,
  type SubscribeOptions,
} from '#kernel';

import { APPEND_PATIENCE, Appending, type AppendPatience, type OnRetry } from './appending.js';
import { START_OF_LOG } from './channel/read-messages.js';
import { Connection, type ConnectionPatience, type Way } from './connection.js';
import { readAll, subscribe, type SubscriptionWatch } from './following.js';
import { readEnd, readStream } from './reading.js';
import { READ_PATIENCE, type ReadPatience } from './retrying.js';
import { type SizedBatch } from './subscription-session.js';

export interface EventStoreDbLogOptions {
  readonly appends?: Partial<AppendPatience>;
  readonly reads?: Partial<ReadPatience>;
  readonly connection?: Partial<Omit<ConnectionPatience, 'attemptMs'>>;
  /** By which way the log is asked: by channels of our own, unless it is told otherwise. */
  readonly way?: Way;
  readonly subscriptions?: SubscriptionWatch;
  /** Told each time that an append is sent again, because no answer came. */
  readonly onRetry?: OnRetry;
}

const CONNECTION_PATIENCE = { leaderLookMs: 2_000, gossipMs: 1_500 };
const UNWATCHED: SubscriptionWatch = { interrupted: () => undefined, resumed: () => undefined };

/**
 * The event log on EventStoreDB, KurrentDB or the embedded event store. One per process: the package's clients share state.
 * Its events are JSON; who else writes other events into the log keeps them out of the streams that are read here.
 */
export class EventStoreDbLog extends EventLog {
  private readonly connection: Connection;
  private readonly appending: Appending;
  private readonly reads: ReadPatience;
  private readonly subscriptions: SubscriptionWatch;

  /**
   * Connects with the first call. Credentials belong into the connection string: per call they make appends slow.
   * @throws WrongConnectionString
   */
  constructor(
    connectionString: string,
    { appends, way = 'channel', reads, connection, subscriptions = UNWATCHED, onRetry }: EventStoreDbLogOptions = {},
  ) {
    super();
    const patience = { ...APPEND_PATIENCE, ...appends };
    const { attemptMs } = patience;
    this.connection = new Connection(connectionString, { ...CONNECTION_PATIENCE, ...connection, attemptMs }, way);
    this.appending = new Appending(this.connection, patience, onRetry);
    this.reads = { ...READ_PATIENCE, ...reads };
    this.subscriptions = subscriptions;
  }

  override append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return this.appending.append(stream, events, expected);
  }

  override readStream(stream: string, options: ReadStreamOptions = {}): AsyncIterable<LoggedEvent> {
    return readStream(this.connection, stream, options, this.reads);
  }

  override readAll(options: ReadAllOptions): AsyncIterable<LoggedEvent> {
    return readAll(this.connection, options, this.reads);
  }

  override subscribe(options: SubscribeOptions): AsyncIterable<SizedBatch> {
    return subscribe(this.connection, options, this.reads.firstMs, this.subscriptions);
  }

  override async head(): Promise<bigint> {
    const last = await readEnd(this.connection, this.reads);
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
