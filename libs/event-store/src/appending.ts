import { setTimeout as delay } from 'node:timers/promises';

import { ExponentialBackoff } from 'cockatiel';

import {
  type Appended,
  AppendOutcomeUnknown,
  EventLogUnavailable,
  type ExpectedRevision,
  type ProposedEvent,
  WrongExpectedRevision,
} from '#kernel';

import { type Append, type AppendedAt } from './channel/batch-messages.js';
import { NotByChannel, ProtocolSurprise } from './channel/surprise.js';
import { appendFailureOf, full, leaderNamedBy, refused, unavailable } from './client-errors.js';
import { type Connection, type Lease } from './connection.js';
import { PackageAppends } from './package-appends.js';

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

export type OnRetry = () => void;

/** Attempts of which nobody knows whether they reached the log. */
interface Attempts {
  unanswered: number;
}

export class Appending {
  private readonly backoff: ExponentialBackoff<unknown>;
  private readonly byPackage: PackageAppends;

  constructor(
    private readonly connection: Connection,
    private readonly patience: AppendPatience,
    private readonly onRetry: OnRetry = () => undefined,
  ) {
    this.backoff = new ExponentialBackoff({ initialDelay: patience.firstPauseMs, maxDelay: patience.longestPauseMs });
    this.byPackage = new PackageAppends(patience.attemptMs);
  }

  async append(stream: string, events: readonly ProposedEvent[], expected: ExpectedRevision): Promise<Appended> {
    if (events.length === 0) throw new RangeError(`An append to ${stream} has no events.`);
    const attempts: Attempts = { unanswered: 0 };
    try {
      return this.appended(await this.attemptUntilAnswered({ stream, events, expected }, attempts));
    } catch (error) {
      throw conclusionOf(error, stream, expected, attempts);
    }
  }

  /** The same ids, bytes and revision in every attempt: that is what makes repeating safe, also across restarts. */
  private async attemptUntilAnswered(append: Append, attempts: Attempts): Promise<AppendedAt> {
    const { closed } = this.connection;
    const giveUpAt = performance.now() + this.patience.retryWithinMs;
    for (let pause = this.backoff.next(); ; pause = pause.next(undefined)) {
      try {
        return await this.attempt(append, attempts);
      } catch (error) {
        const isTooLate = performance.now() + pause.duration > giveUpAt;
        if (isTooLate || closed.aborted || !mayBeRepeated(error)) throw error;
      }
      await delay(pause.duration, undefined, { signal: closed }).catch(() => undefined);
      this.onRetry();
    }
  }

  private async attempt(append: Append, attempts: Attempts): Promise<AppendedAt> {
    const lease = this.connection.lease();
    try {
      attempts.unanswered++;
      return await this.send(lease, append);
    } catch (error) {
      const failure = appendFailureOf(error);
      if (failure !== 'unknown') attempts.unanswered--;
      // What surprised the channel the package may know: it is the same node.
      if (mayBeRepeated(error) && !(error instanceof ProtocolSurprise)) {
        this.connection.distrust(lease.client, leaderNamedBy(error));
      }
      throw error;
    } finally {
      lease.release();
    }
  }

  private async send({ appends, client }: Lease, append: Append): Promise<AppendedAt> {
    if (appends?.isUsable === true) {
      try {
        return await appends.append(append);
      } catch (error) {
        if (!(error instanceof NotByChannel)) throw error;
      }
    }
    return this.byPackage.append(client, append);
  }

  private appended({ revision, position }: AppendedAt): Appended {
    if (position === undefined) throw new EventLogUnavailable('The event log did not say where it put the events.');
    this.connection.acknowledge(position);
    return { revision, position };
  }
}

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
