import { setTimeout as delay } from 'node:timers/promises';

import { ExponentialBackoff } from 'cockatiel';

import { type LoggedEvent, type ReadAllOptions, type SubscribeOptions } from '#kernel';

import { START_OF_LOG } from './channel/read-messages.js';
import { isOfItsNode, unavailable } from './client-errors.js';
import { type Connection } from './connection.js';
import { readEnd } from './reading.js';
import { type ReadPatience, retried } from './retrying.js';
import { type SizedBatch, SubscriptionSession } from './subscription-session.js';

/** What happens to subscriptions, which resume by themselves. */
export interface SubscriptionWatch {
  /** A subscription was interrupted, or could not be opened again. */
  interrupted(subscription: symbol, error: Error): void;
  /** It goes on, or is over. */
  resumed(subscription: symbol): void;
}

/** Short, so that a log that is there again is followed again soon. */
export const BACKOFF = new ExponentialBackoff({ initialDelay: 50, maxDelay: 2_000 });
const READ_BATCH = 1_000;
/** Who is behind gets full batches, unless the server needs longer for one than this. */
const GATHERING_MS = 25;

/** Batches for ever: the next session begins where the last batch ended. */
export async function* subscribe(
  connection: Connection,
  { after, filter, batchSize, signal }: SubscribeOptions,
  silentMs: number,
  watch: SubscriptionWatch,
): AsyncGenerator<SizedBatch> {
  const subscription = Symbol('subscription');
  const stop = AbortSignal.any([signal, connection.closed]);
  let position = after ?? START_OF_LOG;
  let pause = BACKOFF.next();
  try {
    while (!stop.aborted) {
      const lease = connection.lease();
      const session = new SubscriptionSession(lease, filter, position, () => connection.acknowledged, silentMs);
      const end = (): void => session.end();
      stop.addEventListener('abort', end);
      try {
        for await (const batch of session.batches(batchSize, GATHERING_MS)) {
          watch.resumed(subscription);
          if (stop.aborted) return;
          yield batch;
          position = batch.position;
          pause = BACKOFF.next();
        }
        if (!stop.aborted) throw new Error('the server ended it');
      } catch (error) {
        if (isOfItsNode(error)) connection.distrust(lease.client);
        if (!stop.aborted) watch.interrupted(subscription, unavailable('A subscription was interrupted', error));
      } finally {
        stop.removeEventListener('abort', end);
        session.end();
        lease.release();
      }
      await delay(pause.duration, undefined, { signal: stop }).catch(() => undefined);
      pause = pause.next(undefined);
    }
  } finally {
    watch.resumed(subscription);
  }
}

/** A subscription that stops at what is the end of the log as it begins: the package cannot filter reads. */
export async function* readAll(
  connection: Connection,
  { after = START_OF_LOG, filter }: ReadAllOptions,
  patience: ReadPatience,
): AsyncGenerator<LoggedEvent> {
  const last = await readEnd(connection, patience);
  if (last === undefined || last.position <= after) return;
  let position = after;
  yield* retried(connection, patience, 'The event log could not be read', async function* (lease, renewal) {
    const session = new SubscriptionSession(lease, filter, position, () => connection.acknowledged, patience.firstMs);
    try {
      for await (const batch of session.batches(READ_BATCH)) {
        for (const event of batch.events) {
          if (event.position > last.position) return;
          position = event.position;
          renewal.progressed();
          yield event;
        }
        ({ position } = batch);
        renewal.progressed();
        if (batch.caughtUp || position >= last.position) return;
      }
      throw new Error('the server ended the read');
    } finally {
      session.end();
    }
  });
}
