import { setTimeout as delay } from 'node:timers/promises';

import { type AppendResult, type EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { ExponentialBackoff } from 'cockatiel';
import pLimit, { type LimitFunction } from 'p-limit';

import {
  type Appended,
  AppendOutcomeUnknown,
  EventLogUnavailable,
  type ExpectedRevision,
  type ProposedEvent,
  WrongExpectedRevision,
} from '#kernel';

import { appendFailureOf, AttemptTimedOut, full, refused, unavailable } from './client-errors.js';
import { type Connection } from './connection.js';

export interface AppendPatience {
  /** How long one attempt may take: the package itself waits for ever. */
  readonly attemptMs: number;
  /** How long after the first attempt another one may begin. */
  readonly retryWithinMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/** An attempt may take longer than the 2 s after which a server gives up by itself; a restart of the server is waited for. */
export const APPEND_PATIENCE: AppendPatience = {
  attemptMs: 3_000,
  retryWithinMs: 15_000,
  firstPauseMs: 100,
  longestPauseMs: 1_000,
};

/** Bounds memory: the client takes whatever it is given (see `client.ts`). */
const MOST_UNDER_WAY = 512;

export type OnRetry = () => void;

type Send = (client: EventStoreDBClient) => Promise<AppendResult>;

/** Attempts of which nobody knows whether they reached the log. */
interface Attempts {
  unanswered: number;
}

export class Appending {
  private readonly limit: LimitFunction = pLimit(MOST_UNDER_WAY);
  private readonly backoff: ExponentialBackoff<unknown>;

  constructor(
    private readonly connection: Connection,
    private readonly patience: AppendPatience,
    private readonly onRetry: OnRetry = () => undefined,
  ) {
    this.backoff = new ExponentialBackoff({ initialDelay: patience.firstPauseMs, maxDelay: patience.longestPauseMs });
  }

  async append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new RangeError(`An append to ${stream} has no events.`);
    // The same ids, bytes and revision in every attempt: that is what makes repeating safe, also across restarts.
    const proposed = events.map(({ id, type, data, metadata }) => jsonEvent({ id, type, data, metadata }));
    const expectedRevision = typeof expected === 'number' ? BigInt(expected) : expected;
    const attempts: Attempts = { unanswered: 0 };
    const send: Send = (client) => client.appendToStream(stream, proposed, { expectedRevision });
    try {
      return this.appended(await this.limit(() => this.attemptUntilAnswered(send, attempts)));
    } catch (error) {
      throw conclusionOf(error, stream, expected, attempts);
    }
  }

  private async attemptUntilAnswered(send: Send, attempts: Attempts): Promise<AppendResult> {
    const { closed } = this.connection;
    const giveUpAt = performance.now() + this.patience.retryWithinMs;
    for (let pause = this.backoff.next(); ; pause = pause.next(undefined)) {
      try {
        return await this.attempt(send, attempts);
      } catch (error) {
        const isTooLate = performance.now() + pause.duration > giveUpAt;
        if (isTooLate || closed.aborted || !mayBeRepeated(error)) throw error;
      }
      await delay(pause.duration, undefined, { signal: closed }).catch(() => undefined);
      this.onRetry();
    }
  }

  private async attempt(send: Send, attempts: Attempts): Promise<AppendResult> {
    const lease = this.connection.lease();
    try {
      attempts.unanswered++;
      return await answeredWithin(this.patience.attemptMs, send(lease.client));
    } catch (error) {
      const failure = appendFailureOf(error);
      if (failure !== 'unknown') attempts.unanswered--;
      if (mayBeRepeated(error)) this.connection.distrust(lease.client);
      throw error;
    } finally {
      lease.release();
    }
  }

  private appended({ nextExpectedRevision, position }: AppendResult): Appended {
    if (position === undefined) throw new EventLogUnavailable('The event log did not say where it put the events.');
    this.connection.acknowledge(position.commit);
    return { revision: Number(nextExpectedRevision), position: position.commit };
  }
}

const answeredWithin = async (milliseconds: number, answer: Promise<AppendResult>): Promise<AppendResult> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AttemptTimedOut()), milliseconds);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    clearTimeout(timer);
  }
};

const mayBeRepeated = (error: unknown): boolean => ['not_sent', 'unknown'].includes(appendFailureOf(error));

const conclusionOf = (error: unknown, stream: string, expected: ExpectedRevision, { unanswered }: Attempts): Error => {
  switch (appendFailureOf(error)) {
    case 'wrong_revision':
      return new WrongExpectedRevision(stream, expected);
    case 'refused':
      return refused(`The event log refuses an append to ${stream}`, error);
    case 'full':
      return unanswered > 0 ? new AppendOutcomeUnknown(stream, { cause: error }) : full(stream, error);
    case 'denied':
    case 'not_sent':
    case 'unknown':
      return unanswered > 0
        ? new AppendOutcomeUnknown(stream, { cause: error })
        : unavailable(`An append to ${stream} could not be sent`, error);
  }
};
