import type { Json } from './json-text.js';

/** An event on its way into the log. The id makes its append safe to repeat. */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: { readonly [key: string]: Json };
  readonly metadata: { readonly [key: string]: Json };
  /** `data` and `metadata` as JSON, where that was made already to be hashed: it is what is stored, and not made again. */
  readonly text?: { readonly data: string; readonly metadata?: string };
}

/** An event as the log has it. `revision` counts in its stream from 0; `position` orders the whole log. */
export interface LoggedEvent extends Omit<ProposedEvent, 'text'> {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
}

/** The revision that a stream must have for an append to happen; `no_stream` if it must not exist yet. */
export type ExpectedRevision = number | 'no_stream' | 'any';

export interface Appended {
  /** Revision of the last event appended. */
  readonly revision: number;
  readonly position: bigint;
  /** What the last event is tied to the ones before it by, where the log ties them. */
  readonly chain?: string;
}

/** Which events of the whole log a reader wants: streams by prefix of their name, or events by prefix of their type. */
export type LogFilter = { readonly streamPrefixes: readonly string[] } | { readonly typePrefixes: readonly string[] };

/** What a subscription hands over: events in log order, and how far the log was considered to find them. */
export interface EventBatch {
  readonly events: readonly LoggedEvent[];
  /** Everything up to here was seen, also what the filter left out. A subscription may resume after it. */
  readonly position: bigint;
  /** Whether the end of the log was reached when the batch was cut. */
  readonly caughtUp: boolean;
}

/** The stream is not at the revision that the append named: nothing was written. */
export class WrongExpectedRevision extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
  ) {
    super(`Stream ${stream} is not at ${expected}.`);
    this.name = 'WrongExpectedRevision';
  }
}

/** No answer came, also not to repeated attempts: the events may or may not be in the log. Repeating the same append is safe. */
export class AppendOutcomeUnknown extends Error {
  constructor(
    readonly stream: string,
    options: ErrorOptions,
  ) {
    super(`The outcome of an append to ${stream} is unknown.`, options);
    this.name = 'AppendOutcomeUnknown';
  }
}

/** The log refuses this very append and always will: it is too large, or not allowed. Nothing was written. */
export class AppendRefused extends Error {
  constructor(
    readonly reason: 'too_large' | 'not_allowed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'AppendRefused';
  }
}

/** The log cannot be reached, or refuses to work. Reads and subscriptions may be tried again. */
export class EventLogUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EventLogUnavailable';
  }
}

/** It has no room on its disk: nothing was written, and nothing is until somebody makes room. Reads go on. */
export class EventLogFull extends EventLogUnavailable {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EventLogFull';
  }
}

/** It is there, but does not let us: trying again helps only once somebody gives the right, or us the right password. */
export class EventLogDenied extends EventLogUnavailable {
  constructor(
    message: string,
    /** `unknown_user`: whatever that user may do, this is not their name and password. */
    readonly reason: 'unknown_user' | 'lacks_right' = 'lacks_right',
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EventLogDenied';
  }
}

export interface ReadStreamOptions {
  /** First revision to deliver; forward from 0 and backward from the end unless told. */
  readonly from?: number;
  readonly direction?: 'forward' | 'backward';
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Only events after this position; from the start of the log unless told. */
  readonly after?: bigint;
  readonly filter: LogFilter;
}

export interface SubscribeOptions extends ReadAllOptions {
  /** The most events in one batch. */
  readonly batchSize: number;
  readonly signal: AbortSignal;
}

/** The port to the event log. Every method may reject with `EventLogUnavailable`. */
export abstract class EventLog {
  /**
   * Appends all events or none.
   * A lost answer is asked for again with the same bytes and revision, for a bounded time.
   * @throws WrongExpectedRevision | AppendOutcomeUnknown | AppendRefused
   */
  abstract append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended>;

  /** A stream that was never written yields nothing. */
  abstract readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<LoggedEvent>;

  /** From the whole log, forward to its present end. */
  abstract readAll(options: ReadAllOptions): AsyncIterable<LoggedEvent>;

  /** Batches for ever, until the signal aborts. Interruptions are resumed with back-off where the last batch ended. */
  abstract subscribe(options: SubscribeOptions): AsyncIterable<EventBatch>;

  /** Position of the last event of the log; 0 if it is empty. */
  abstract head(): Promise<bigint>;

  abstract dispose(): Promise<void>;
}
