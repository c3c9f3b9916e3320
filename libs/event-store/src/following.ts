import { setTimeout as delay } from 'node:timers/promises';

import { ExponentialBackoff } from 'cockatiel';

import { type EventBatch, type LoggedEvent, type ReadAllOptions, type SubscribeOptions } from '#kernel';

import { unavailable } from './client-errors.js';
import { type Connection } from './connection.js';
import { readNewest } from './reading.js';
import { START_OF_LOG, SubscriptionSession } from './subscription-session.js';

export type OnInterruption = (error: Error) => void;

const BACKOFF = new ExponentialBackoff({ initialDelay: 50, maxDelay: 5_000 });
const READ_BATCH = 1_000;

/** Batches for ever: an interruption is told to `onInterruption`, and the next session begins where the last batch ended. */
export async function* subscribe(
  connection: Connection,
  { after, filter, batchSize, signal }: SubscribeOptions,
  onInterruption: OnInterruption,
): AsyncGenerator<EventBatch> {
  const over = AbortSignal.any([signal, connection.closed]);
  let position = after ?? START_OF_LOG;
  let pause = BACKOFF.next();
  while (!over.aborted) {
    const session = new SubscriptionSession(connection.client, filter, position);
    const end = (): void => session.end();
    over.addEventListener('abort', end);
    try {
      for await (const batch of session.batches(batchSize)) {
        if (over.aborted) return;
        yield batch;
        position = batch.position;
        pause = BACKOFF.next();
      }
      if (!over.aborted) onInterruption(unavailable('A subscription was interrupted', 'the server ended it'));
    } catch (error) {
      onInterruption(unavailable('A subscription was interrupted', error));
    } finally {
      over.removeEventListener('abort', end);
      session.end();
    }
    await delay(pause.duration, undefined, { signal: over }).catch(() => undefined);
    pause = pause.next(undefined);
  }
}

/** A subscription that stops at what is the end of the log as it begins: the package cannot filter reads. */
export async function* readAll(
  connection: Connection,
  { after = START_OF_LOG, filter }: ReadAllOptions,
  headWithinMs: number,
): AsyncGenerator<LoggedEvent> {
  const [last] = await readNewest(connection.client, 1, headWithinMs);
  if (last === undefined || last.position <= after) return;
  const session = new SubscriptionSession(connection.client, filter, after);
  try {
    for await (const { events, position, caughtUp } of session.batches(READ_BATCH)) {
      for (const event of events) {
        if (event.position > last.position) return;
        yield event;
      }
      if (caughtUp || position >= last.position) return;
    }
    throw unavailable('The event log could not be read', 'the server ended the read');
  } catch (error) {
    throw unavailable('The event log could not be read', error);
  } finally {
    session.end();
  }
}
