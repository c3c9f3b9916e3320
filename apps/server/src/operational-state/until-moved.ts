import { setTimeout as sleep } from 'node:timers/promises';
import type { EventBatch, EventLog, SubscribeOptions } from '#kernel';

const LOOK_MILLISECONDS = 500;

export interface FollowedPlace extends SubscribeOptions {
  readonly after: bigint;
  /** Whether the place that is put down is this one, or further on; not where somebody moved it back, or paused whoever follows. */
  readonly isAtLeastAt: (position: bigint) => Promise<boolean>;
}

/**
 * What comes after a place, until somebody moves it: where nothing is appended, nothing else would tell. Whoever takes a batch puts its position down before the
 * next one.
 */
export async function* batchesUntilMoved(
  log: EventLog,
  { after, isAtLeastAt, signal, ...wanted }: FollowedPlace,
): AsyncGenerator<EventBatch> {
  let position = after;
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const watching = whenMoved(() => position, isAtLeastAt, until).then(() => over.abort());
  try {
    for await (const batch of log.subscribe({ ...wanted, ...(after > 0n ? { after } : {}), signal: until })) {
      yield batch;
      ({ position } = batch);
    }
  } finally {
    over.abort();
    await watching;
  }
}

const whenMoved = async (
  at: () => bigint,
  isAtLeastAt: FollowedPlace['isAtLeastAt'],
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await sleep(LOOK_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    // One that goes on meanwhile is further by now, never behind.
    const before = at();
    if (!signal.aborted && !(await isAtLeastAt(before).catch(() => true))) return;
  }
};
