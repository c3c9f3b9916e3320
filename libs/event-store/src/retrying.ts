import { setTimeout as delay } from 'node:timers/promises';

import { ExponentialBackoff } from 'cockatiel';

import { isAnswer, isOfItsNode, unavailable } from './client-errors.js';
import { type Connection, type Lease } from './connection.js';

export interface ReadPatience {
  /** Until the first message of a read, and between two of them while somebody waits. */
  readonly firstMs: number;
  readonly betweenMs: number;
  /** How long after it began, or last made progress, a read that failed is tried again. */
  readonly retryWithinMs: number;
}

/** Two attempts by two clients are within the time that a request has. */
export const READ_PATIENCE: ReadPatience = { firstMs: 5_000, betweenMs: 5_000, retryWithinMs: 7_000 };

export interface Renewal {
  /** It arrives somewhere: its patience begins anew, so that a long read is not ended by its length. */
  progressed(): void;
}

type Attempt<Item> = (lease: Lease, renewal: Renewal) => AsyncGenerator<Item>;

const BACKOFF = new ExponentialBackoff({ initialDelay: 50, maxDelay: 1_000 });

/** Tries again by another client where the peer fails, and gives up where it answers. @throws EventLogUnavailable */
export async function* retried<Item>(
  connection: Connection,
  { retryWithinMs }: ReadPatience,
  failed: string,
  attempt: Attempt<Item>,
): AsyncGenerator<Item> {
  const { closed } = connection;
  let giveUpAt = performance.now() + retryWithinMs;
  let pause = BACKOFF.next();
  const renewal: Renewal = {
    progressed: () => {
      giveUpAt = performance.now() + retryWithinMs;
      pause = BACKOFF.next();
    },
  };
  for (;;) {
    const lease = connection.lease();
    try {
      yield* attempt(lease, renewal);
      return;
    } catch (error) {
      if (isOfItsNode(error)) connection.distrust(lease.client);
      const isLast = isAnswer(error) || closed.aborted || performance.now() + pause.duration > giveUpAt;
      if (isLast) throw unavailable(failed, error);
    } finally {
      lease.release();
    }
    await delay(pause.duration, undefined, { signal: closed }).catch(() => undefined);
    pause = pause.next(undefined);
  }
}
