import { type AppendResult, jsonEvent } from '@eventstore/db-client';
import {
  bulkhead,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel';

import {
  type Appended,
  AppendOutcomeUnknown,
  EventLogUnavailable,
  type ExpectedRevision,
  type ProposedEvent,
  WrongExpectedRevision,
} from '#kernel';

import { appendFailureOf, unavailable } from './client-errors.js';
import { type Connection } from './connection.js';

export interface AppendPatience {
  /** How long one attempt may take: the package itself waits for ever. */
  readonly attemptMs: number;
  /** Attempts after the first. */
  readonly retries: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** An attempt may take longer than the 2 s after which a server gives up by itself; all of them together about 20 s. */
export const APPEND_PATIENCE: AppendPatience = {
  attemptMs: 3_000,
  retries: 5,
  firstPauseMs: 100,
  longestPauseMs: 2_000,
};

/** Bounds memory: the client takes whatever it is given (see `client.ts`). */
const MOST_UNDER_WAY = 512;

type Send = () => Promise<AppendResult>;

/** Attempts of which nobody knows whether they reached the log. */
interface Attempts {
  unanswered: number;
}

export class Appending {
  private readonly policy: IPolicy;

  constructor(
    private readonly connection: Connection,
    { attemptMs, retries, firstPauseMs, longestPauseMs }: AppendPatience,
  ) {
    const mayBeRepeated = handleWhen((error) => ['not_sent', 'unknown'].includes(appendFailureOf(error)));
    const backoff = new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: longestPauseMs });
    this.policy = wrap(
      bulkhead(MOST_UNDER_WAY, Infinity),
      retry(mayBeRepeated, { maxAttempts: retries, backoff }),
      timeout(attemptMs, TimeoutStrategy.Aggressive),
    );
  }

  async append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new RangeError(`An append to ${stream} has no events.`);
    // The same ids, bytes and revision in every attempt: that is what makes repeating safe, also across restarts.
    const proposed = events.map(({ id, type, data, metadata }) => jsonEvent({ id, type, data, metadata }));
    const expectedRevision = typeof expected === 'number' ? BigInt(expected) : expected;
    const attempts: Attempts = { unanswered: 0 };
    const send: Send = () => this.connection.client.appendToStream(stream, proposed, { expectedRevision });
    try {
      return appendedOf(await this.policy.execute(() => this.attempt(send, attempts), this.connection.closed));
    } catch (error) {
      throw conclusionOf(error, stream, expected, attempts);
    }
  }

  private async attempt(send: Send, attempts: Attempts): Promise<AppendResult> {
    if (this.connection.closed.aborted) throw new EventLogUnavailable('The connection to the event log is closed.');
    const { client } = this.connection;
    attempts.unanswered++;
    try {
      return await send();
    } catch (error) {
      if (appendFailureOf(error) !== 'unknown') attempts.unanswered--;
      this.connection.replaceIfPoisoned(client, error);
      throw error;
    }
  }
}

const appendedOf = ({ nextExpectedRevision, position }: AppendResult): Appended => {
  if (position === undefined) throw new EventLogUnavailable('The event log did not say where it put the events.');
  return { revision: Number(nextExpectedRevision), position: position.commit };
};

const conclusionOf = (error: unknown, stream: string, expected: ExpectedRevision, { unanswered }: Attempts): Error => {
  switch (appendFailureOf(error)) {
    case 'wrong_revision':
      return new WrongExpectedRevision(stream, expected);
    case 'refused':
      return unavailable(`The event log refuses an append to ${stream}`, error);
    case 'not_sent':
    case 'unknown':
      return unanswered > 0
        ? new AppendOutcomeUnknown(stream, { cause: error })
        : unavailable(`An append to ${stream} could not be sent`, error);
  }
};
